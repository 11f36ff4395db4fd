package org.pollux.servlet.sessions;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Sessions in a file, while the bundle that keeps them is replaced. Only the owner of the process may read it.
 *
 * <pre>
 *   version, sessions × ( id, created, accessed, timeout, joined, values × ( name, homes, bytes ) )
 * </pre>
 */
final class SessionFile {

    private static final int VERSION = 1;
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private SessionFile() {}

    static void write(Path file, Collection<Session> sessions, SessionValues values) throws IOException {
        Files.deleteIfExists(file);
        FileAttribute<?>[] owned =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(Set.of(OWNER_READ, OWNER_WRITE))}
                        : new FileAttribute<?>[0];
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(Files.newByteChannel(file, NEW, owned))))) {
            out.writeInt(VERSION);
            for (Session session : sessions) {
                out.writeBoolean(true);
                write(out, session, values);
            }
            out.writeBoolean(false);
        }
    }

    private static void write(DataOutputStream out, Session session, SessionValues values) throws IOException {
        Map<String, Stored> stored = new HashMap<>();
        session.values.forEach(
                (name, value) -> values.toStore(session, name, value).ifPresent(bytes -> stored.put(name, bytes)));
        out.writeUTF(session.getId());
        out.writeLong(session.created);
        out.writeLong(session.accessed());
        out.writeInt(session.getMaxInactiveInterval());
        out.writeBoolean(session.isJoined());
        out.writeInt(stored.size());
        for (Map.Entry<String, Stored> entry : stored.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().homes().size());
            for (String home : entry.getValue().homes()) {
                out.writeUTF(home);
            }
            out.writeInt(entry.getValue().bytes().length);
            out.write(entry.getValue().bytes());
        }
    }

    static void read(Path file, Sessions into) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException("Its version is " + version + ", and not " + VERSION);
            }
            while (in.readBoolean()) {
                into.add(session(in, into));
            }
        } finally {
            Files.delete(file);
        }
    }

    private static Session session(DataInputStream in, Sessions into) throws IOException {
        Session read = new Session(into, in.readUTF(), in.readLong(), in.readLong(), in.readInt(), in.readBoolean());
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            Set<String> homes = new HashSet<>();
            for (int more = in.readInt(); more > 0; more--) {
                homes.add(in.readUTF());
            }
            read.values.put(name, new Stored(bytes(in), homes));
        }
        return read;
    }

    /** Allocates as much as is there, and not what a damaged file announces. */
    private static byte[] bytes(DataInputStream in) throws IOException {
        int count = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(count, 0));
        if (bytes.length != count) {
            throw new IOException("A value has " + bytes.length + " bytes, and not " + count);
        }
        return bytes;
    }
}

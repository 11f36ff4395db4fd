package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where a process listens, as Linux knows it. */
final class Listening {

    private static final String LISTEN = "0A";
    private static final String UDP_BOUND = "07";

    private Listening() {}

    /** The local addresses of its TCP and UDP sockets: {@code tcp 0100007F:1F90}. */
    static Set<String> of(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        Set<String> addresses = new TreeSet<>();
        for (String table : new String[] {"tcp", "tcp6", "udp", "udp6"}) {
            for (String line : Files.readAllLines(proc.resolve("net").resolve(table))) {
                // "sl: local remote state queues timer retransmits uid timeout inode"
                String[] columns = line.strip().split("\\s+", -1);
                boolean waits = columns[3].equals(LISTEN) || columns[3].equals(UDP_BOUND);
                if (waits && inodes.contains(columns[9])) {
                    addresses.add(table + " " + columns[1]);
                }
            }
        }
        return addresses;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return "closed meanwhile";
        }
    }
}

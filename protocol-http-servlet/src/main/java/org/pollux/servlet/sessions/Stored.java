package org.pollux.servlet.sessions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * A value of a session as bytes, without a reference to its classes. Each class has a note of the {@link ClassHome} that it
 * comes from. These bytes never come from a client.
 *
 * @param homes the places of all its classes
 */
@SuppressWarnings("ArrayRecordComponent") // they are not compared
record Stored(byte[] bytes, Set<String> homes) {

    /**
     * Stores a value.
     *
     * @throws IOException when a part of it is not serializable, or it has more bytes than that
     */
    static Stored of(Object value, ClassHome home, int limit) throws IOException {
        Set<String> homes = new HashSet<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(new Limited(bytes, limit)) {
            @Override
            protected void annotateClass(Class<?> type) throws IOException {
                String place = home.of(type);
                homes.add(place);
                writeUTF(place);
            }
        }) {
            out.writeObject(value);
        } catch (RuntimeException | StackOverflowError e) { // of the value's own writeObject, or of a long chain
            throw new IOException(e);
        }
        return new Stored(bytes.toByteArray(), Set.copyOf(homes));
    }

    /**
     * The value again, with the classes of now.
     *
     * @throws IOException when it cannot be read with them
     * @throws ClassNotFoundException when one is not there now
     */
    Object value(ClassHome home) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
                String place = readUTF();
                return place.isEmpty() ? super.resolveClass(type) : home.load(place, type.getName());
            }
        }) {
            return in.readObject();
        } catch (RuntimeException | LinkageError | StackOverflowError e) { // of the value's own readObject, or of its classes
            throw new IOException(e);
        }
    }

    /** Counts, because a value may refer to half of the heap. */
    private static final class Limited extends OutputStream {

        private final OutputStream out;
        private int left;

        Limited(OutputStream out, int limit) {
            this.out = out;
            left = limit;
        }

        @Override
        public void write(int octet) throws IOException {
            count(1);
            out.write(octet);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            count(count);
            out.write(bytes, from, count);
        }

        private void count(int more) throws IOException {
            left -= more;
            if (left < 0) {
                throw new IOException("The value has too many bytes");
            }
        }
    }
}

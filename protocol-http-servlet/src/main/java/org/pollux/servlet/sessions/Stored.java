package org.pollux.servlet.sessions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
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

            @Override
            protected void annotateProxyClass(Class<?> type) throws IOException {
                for (Class<?> each : type.getInterfaces()) {
                    annotateClass(each);
                }
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
                return place.isEmpty() ? super.resolveClass(type) : load(home, place, type.getName());
            }

            @Override
            @SuppressWarnings("deprecation") // the class of a proxy is wanted, and not a proxy
            protected Class<?> resolveProxyClass(String[] interfaces) throws IOException, ClassNotFoundException {
                Class<?>[] types = new Class<?>[interfaces.length];
                for (int i = 0; i < types.length; i++) {
                    String place = readUTF();
                    types[i] = place.isEmpty()
                            ? Class.forName(interfaces[i], false, Stored.class.getClassLoader())
                            : home.load(place, interfaces[i]);
                }
                return Proxy.getProxyClass(types[0].getClassLoader(), types);
            }
        }) {
            in.setObjectInputFilter(ObjectInputFilter.merge(this::check, in.getObjectInputFilter()));
            return in.readObject();
        } catch (RuntimeException
                | LinkageError
                | StackOverflowError e) { // of the value's own readObject, or of its classes
            throw new IOException(e);
        }
    }

    /** The class of that name, which may be an array's: class loaders load no arrays. */
    private static Class<?> load(ClassHome home, String place, String name) throws ClassNotFoundException {
        int dimensions = name.lastIndexOf('[') + 1;
        if (dimensions == 0) {
            return home.load(place, name);
        }
        Class<?> type = home.load(place, name.substring(dimensions + 1, name.length() - 1)); // [[Lname;
        for (int i = 0; i < dimensions; i++) {
            type = type.arrayType();
        }
        return type;
    }

    /** A damaged file allocates no more than in proportion to its bytes. A filter of the JVM, if any, decides on classes. */
    private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info) {
        long most = 8L * bytes.length; // the table of a map is several times as long as its entries
        return info.arrayLength() > most || info.references() > most
                ? ObjectInputFilter.Status.REJECTED
                : ObjectInputFilter.Status.UNDECIDED;
    }

    /** Counts, because a value may refer to half of the heap. */
    static final class Limited extends OutputStream {

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

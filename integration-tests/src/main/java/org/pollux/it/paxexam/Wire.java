package org.pollux.it.paxexam;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.Base64;

/** Carries objects over the wall as text, since a class of the one side is not the class of that name on the other. */
final class Wire {

    private Wire() {}

    static String write(Object object) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param loader whose classes the object is made of
     */
    static <T> T read(String text, Class<T> type, ClassLoader loader) throws IOException, ClassNotFoundException {
        var bytes = Base64.getDecoder().decode(text);
        try (var in = new LoaderInput(new ByteArrayInputStream(bytes), loader)) {
            return type.cast(in.readObject());
        }
    }

    private static final class LoaderInput extends ObjectInputStream {

        private final ClassLoader loader;

        LoaderInput(InputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException _) {
                // Primitive types have no loader that knows them.
                return super.resolveClass(description);
            }
        }
    }
}

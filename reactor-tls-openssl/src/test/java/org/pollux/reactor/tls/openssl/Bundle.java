package org.pollux.reactor.tls.openssl;

import java.io.IOException;
import java.io.InputStream;
import org.pollux.reactor.tls.TlsEngine;

/** Has the engine's classes for itself, as a version of the bundle has. */
final class Bundle extends ClassLoader {

    Bundle() {
        super(Bundle.class.getClassLoader());
    }

    TlsEngine engine() throws ReflectiveOperationException {
        return (TlsEngine)
                loadClass(OpenSslEngine.class.getName()).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OpenSslEngine.class.getPackageName())) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}

package org.pollux.reactor.libevent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;

/** A bundle that is updated leaves nothing behind: what C holds of Java ends with the poller. */
class ClassLoaderTest {

    /** Has the backend's classes for itself, like a bundle. */
    private static final class Bundle extends ClassLoader {

        Bundle() {
            super(ClassLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(LibeventBackend.class.getPackageName())) {
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

    @Test
    void isCollectedWhenItsPollersAreClosed() throws Exception {
        WeakReference<ClassLoader> bundle = use(new Bundle());
        long start = System.nanoTime();
        while (!bundle.refersTo(null)) {
            assertTrue(System.nanoTime() - start < 20_000_000_000L, "the class loader is held by something");
            System.gc();
        }
    }

    private static WeakReference<ClassLoader> use(ClassLoader bundle) throws Exception {
        var backend = (Backend) bundle.loadClass(LibeventBackend.class.getName())
                .getConstructor()
                .newInstance();
        assertSame(bundle, backend.getClass().getClassLoader());
        Pipe pipe = Pipe.open();
        pipe.sink().configureBlocking(false);
        try (Poller poller = backend.open()) {
            var watched = new Watched(poller, pipe.sink(), Interest.WRITE);
            for (int i = 0; i < 1_000; i++) {
                assertEquals(1, poller.poll(1_000_000));
            }
            watched.registration().remove();
        } finally {
            pipe.sink().close();
            pipe.source().close();
        }
        return new WeakReference<>(bundle);
    }
}

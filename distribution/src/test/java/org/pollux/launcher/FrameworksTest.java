package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class FrameworksTest {

    @TempDir
    Path folder;

    /** A class path with one file of services. */
    private ClassLoader classPath(String factory) throws IOException {
        Path file = Files.writeString(folder.resolve("services"), factory);
        return new ClassLoader(FrameworksTest.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals(Frameworks.SERVICE)
                        ? Collections.enumeration(
                                Collections.singleton(file.toUri().toURL()))
                        : super.getResources(name);
            }
        };
    }

    /** A framework that no server has: it says what it was told. */
    public static final class Other implements FrameworkFactory {
        @Override
        public Framework newFramework(Map<String, String> configuration) {
            throw new UnsupportedOperationException(configuration.toString());
        }
    }

    @Test
    void theFirstOnTheClassPathIsTaken() throws Exception {
        String both = Other.class.getName() + "\norg.apache.felix.framework.FrameworkFactory\n";
        assertInstanceOf(Other.class, Frameworks.first(classPath(both)));
    }

    @Test
    void withoutOneItSaysWhatHelps() {
        StartException none = assertThrows(StartException.class, () -> Frameworks.first(classPath("")));
        assertTrue(String.valueOf(none.getMessage()).contains("bin/pollux"), none.getMessage());
    }

    @Test
    void onlyFelixGetsTheLogOfFelix() throws Exception {
        UnsupportedOperationException told =
                assertThrows(UnsupportedOperationException.class, () -> Frameworks.make(new Other(), new HashMap<>()));
        assertEquals("{}", told.getMessage());
        Map<String, String> ofFelix = new HashMap<>();
        assertEquals(
                "org.apache.felix.framework",
                Frameworks.make(Frameworks.first(classPath("org.apache.felix.framework.FrameworkFactory")), ofFelix)
                        .getSymbolicName());
        assertTrue(ofFelix.containsKey("felix.log.logger"));
    }
}

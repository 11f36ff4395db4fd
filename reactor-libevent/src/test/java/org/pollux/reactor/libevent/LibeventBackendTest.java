package org.pollux.reactor.libevent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.pollux.reactor.tck.Jvm;

class LibeventBackendTest {

    @Test
    void isNamedAndDescribed() {
        var backend = new LibeventBackend();
        assertEquals("libevent", backend.name());
        assertTrue(
                backend.description().matches("libevent 2\\.\\d+\\.\\d+-\\w+, (epoll|kqueue)"), backend.description());
    }

    @Test
    void withoutNativeAccessItNamesTheFlag() throws Exception {
        String output = Jvm.run(ManyPollers.class, "--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED");
        assertTrue(output.contains("pass --enable-native-access=ALL-UNNAMED to the JVM"), output);
    }

    @Test
    void withoutTheExportItNamesTheFlag() throws Exception {
        String output = Jvm.run(ManyPollers.class, "--enable-native-access=ALL-UNNAMED");
        assertTrue(output.contains("pass --add-exports java.base/sun.nio.ch=ALL-UNNAMED to the JVM"), output);
    }

    @Test
    void aFileThatIsNamedIsTakenAndNoOther() throws Exception {
        String output = Jvm.run(
                ManyPollers.class,
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "-Dpollux.libevent.library=/nowhere/libevent.so");
        assertTrue(output.startsWith("libevent is not installed, none of /nowhere/libevent.so is found"), output);
    }

    /** libevent itself would end the process. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutFreeDescriptorsOpenFailsAndTheJvmLives() throws Exception {
        String output = Jvm.runAfter(
                "ulimit -n 256;",
                ManyPollers.class,
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports",
                "java.base/sun.nio.ch=ALL-UNNAMED");
        assertTrue(output.contains("Too many open files"), output);
        assertTrue(output.contains("alive"), output);
    }
}

package org.pollux.it.paxexam;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ForkedJvmTest {

    private static final String HOME = System.getProperty("java.home");

    @Test
    void theJvmOfTheTestsWillDo() {
        ForkedJvm.check(HOME, List.of("-Xmx64m"));
    }

    @Test
    void aFlagThatTheJvmDoesNotKnowIsNamed() {
        assertThatThrownBy(() -> ForkedJvm.check(HOME, List.of("--no-such-flag")))
                .hasMessageContaining("Unrecognized option: --no-such-flag");
    }

    @Test
    void aDebuggersPortIsLeftForTheContainer() {
        ForkedJvm.check(HOME, List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=no-such-host:1"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // the pretender is a shell script
    void anOlderJvmIsNotForked(@TempDir Path home) throws IOException {
        var java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"17.0.1\" 2021-10-19'\n");
        java.toFile().setExecutable(true);
        assertThatThrownBy(() -> ForkedJvm.check(home.toString(), List.of()))
                .hasMessageContaining("Java 17 of " + home);
    }
}

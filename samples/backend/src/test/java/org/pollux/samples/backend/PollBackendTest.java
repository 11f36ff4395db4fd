package org.pollux.samples.backend;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.tck.Jvm;

/** What is particular to this backend; the rest is in the contract. */
class PollBackendTest {

    /** The system tells of an end unasked. A poll that spins returns in time all the same: the CPU betrays it. */
    @Test
    void anEndIsNotSpunUponWithoutAnInterest() throws IOException {
        Pipe pipe = Pipe.open();
        try (Poller poller = new PollBackend().open();
                Pipe.SourceChannel end = pipe.source()) {
            end.configureBlocking(false);
            var watched = new Watched(end, new ArrayList<>());
            Registration registration = poller.add(watched, Interest.NONE);
            pipe.sink().close();
            long before = cpuNanos();
            assertEquals(0, poller.poll(200_000_000));
            assertTrue(cpuNanos() - before < 100_000_000, "200 ms are waited for and not computed");

            registration.interest(Interest.READ);
            assertEquals(1, poller.poll(10_000_000_000L));
            assertEquals(List.of(Interest.READ), watched.told);
            assertEquals(-1, registration.read(ByteBuffer.allocate(1)));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private record Watched(SelectableChannel channel, List<Interest> told) implements Source {
        @Override
        public void onReady(Interest ready) {
            told.add(ready);
        }
    }

    @Test
    void withoutNativeAccessItNamesTheFlag() throws Exception {
        String output = Jvm.run(PollBackendTest.class, "--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED");
        assertTrue(output.contains("pass --enable-native-access=ALL-UNNAMED to the JVM"), output);
    }

    @Test
    void withoutTheExportItNamesTheFlag() throws Exception {
        String output = Jvm.run(PollBackendTest.class, "--enable-native-access=ALL-UNNAMED");
        assertTrue(output.contains("pass --add-exports java.base/sun.nio.ch=ALL-UNNAMED to the JVM"), output);
    }

    @Test
    void aSystemWhoseConstantsAreNotKnownIsNamed() {
        assertDoesNotThrow(() -> PollBackend.requireKnown("Linux"));
        assertDoesNotThrow(() -> PollBackend.requireKnown("Mac OS X"));
        var refusal = assertThrows(UnsupportedOperationException.class, () -> PollBackend.requireKnown("AIX"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("not for AIX"), refusal::toString);
    }

    /** For another JVM. */
    public static void main(String[] args) {
        System.out.println(new PollBackend().description() + " works");
    }
}

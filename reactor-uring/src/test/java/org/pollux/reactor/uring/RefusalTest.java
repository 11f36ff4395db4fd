package org.pollux.reactor.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.spi.base.Errno;

/** A system that refuses io_uring is told with what helps, and nothing is left open. */
class RefusalTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0, seccomp",
        "1, 0, SystemCallFilter=",
        "1, 1, sysctl kernel.io_uring_group=GID",
        "1, 2, sysctl kernel.io_uring_disabled=0",
        "12, 0, LimitMEMLOCK=64M",
        "22, 0, '6.1 is needed: update the kernel'",
        "38, 0, CONFIG_IO_URING",
    })
    void eachErrorHasItsRemedy(int errno, String setting, String remedy) {
        String text = Refusal.remedy(errno, setting);
        assertTrue(text.startsWith("; ") && text.contains(remedy), text);
    }

    @Test
    void anErrorWithoutARemedyIsDescribed() {
        Exception refusal = assertThrows(IOException.class, () -> Refusal.require("io_uring_setup", -24));
        assertEquals("io_uring_setup: Too many open files", refusal.getMessage());
    }

    @Test
    void anotherSystemIsNamed() {
        var refusal = assertThrows(UringUnavailableException.class, () -> UringBackend.requireLinux("Mac OS X"));
        assertEquals(
                "io_uring exists on Linux alone, not on Mac OS X; use the backend libevent or nio",
                refusal.getMessage());
    }

    /** The calls that a kernel or a filter may refuse. */
    enum Call {
        SETUP("io_uring_setup: "),
        REGISTER_BUFFERS("io_uring_register: "),
        ENABLE("io_uring_register: "),
        MAP("mmap of a ring: "),
        MAP_ENTRIES("mmap of a ring: "),
        ENTER("io_uring_enter: ");

        final String prefix;

        Call(String prefix) {
            this.prefix = prefix;
        }
    }

    private static Function<Arena, Kernel> refusing(Call call, int errno) {
        return arena -> new ChangedKernel(new LinuxKernel(arena)) {

            @Override
            public int setup(int entries, long parameters) {
                return call == Call.SETUP ? -errno : super.setup(entries, parameters);
            }

            @Override
            public int register(int ring, int operation, long argument, int count) {
                Call asked = operation == Flags.REGISTER_ENABLE_RINGS ? Call.ENABLE : Call.REGISTER_BUFFERS;
                return asked == call ? -errno : super.register(ring, operation, argument, count);
            }

            @Override
            public long map(int ring, long length, long offset) {
                return call == (offset == 0 ? Call.MAP : Call.MAP_ENTRIES) ? -errno : super.map(ring, length, offset);
            }

            @Override
            public int enter(int ring, int submit, int atLeast, int flags, long argument, long length) {
                return call == Call.ENTER ? -errno : super.enter(ring, submit, atLeast, flags, argument, length);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsRefusedTheBackendIsUnavailableWithTheRemedyAndNothingIsLeftOpen(Call call) {
        Available.backend();
        var before = Holdings.now();
        for (int i = 0; i < 20; i++) {
            var refusal =
                    assertThrows(UringUnavailableException.class, () -> new UringBackend(refusing(call, Errno.EPERM)));
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.startsWith(call.prefix + "Operation not permitted; "), message);
        }
        Holdings.now().requireNoMoreThan(before, 3);
    }

    /** A swap opens a second ring for each loop. */
    @Test
    void aRingThatIsRefusedLaterFailsWithTheRemedyToo() {
        Available.backend();
        var refused = new boolean[1];
        var backend = new UringBackend(arena -> new ChangedKernel(new LinuxKernel(arena)) {
            @Override
            public int register(int ring, int operation, long argument, int count) {
                return refused[0] ? -Errno.ENOMEM : super.register(ring, operation, argument, count);
            }
        });
        refused[0] = true;
        String message =
                String.valueOf(assertThrows(IOException.class, backend::open).getMessage());
        assertTrue(message.contains("Cannot allocate memory; ") && message.contains("LimitMEMLOCK=64M"), message);
    }
}

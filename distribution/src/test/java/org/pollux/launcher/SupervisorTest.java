package org.pollux.launcher;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class SupervisorTest {

    @TempDir
    private Path folder;

    @Test
    void a_supervisor_is_told_when_the_server_runs_and_when_it_stops() throws Throwable {
        Home home = new Home(folder.resolve("home"));
        home.create(new Distribution(folder, "1"));
        String path = folder.resolve("notify").toString();
        try (Inbox inbox = new Inbox(path);
                RunState state = new RunState(home, Supervisor.of(Map.of("NOTIFY_SOCKET", path)))) {
            state.starting();
            state.running();
            assertEquals("READY=1", inbox.receive());
            state.stopping(Duration.ofSeconds(30));
            assertEquals("STOPPING=1\nEXTEND_TIMEOUT_USEC=40000000", inbox.receive());
            state.alone(); // the process before has ended meanwhile, and this one is not ready any more
            state.stoppingBoth(Duration.ofSeconds(1));
            assertEquals("STOPPING=1\nEXTEND_TIMEOUT_USEC=11000000", inbox.receive());
        }
    }

    @Test
    void an_abstract_name_begins_with_a_zero_byte() throws Throwable {
        String name = "pollux-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        try (Inbox inbox = new Inbox("\0" + name)) {
            Supervisor.of(Map.of("NOTIFY_SOCKET", "@" + name)).ready();
            assertEquals("READY=1", inbox.receive());
        }
    }

    @Test
    void a_supervisor_that_cannot_be_reached_does_not_stop_the_server() {
        Supervisor.of(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString()))
                .ready();
        Supervisor.of(Map.of("NOTIFY_SOCKET", "/" + "a".repeat(200))).ready();
    }

    /** A Unix-domain socket that receives datagrams. It does not wait: a datagram is there when its sender goes on. */
    @SuppressWarnings("restricted")
    private static final class Inbox implements AutoCloseable {

        private static final int AF_UNIX = 1;
        private static final int SOCK_DGRAM_NONBLOCK = 2 | 0x800;

        private final Arena arena = Arena.ofConfined();
        private final int socket;

        Inbox(String path) throws Throwable {
            byte[] name = path.getBytes(StandardCharsets.UTF_8);
            MemorySegment address = arena.allocate(Short.BYTES + name.length, Short.BYTES);
            address.set(JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, Short.BYTES, name.length);
            socket = (int) function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT))
                    .invokeExact(AF_UNIX, SOCK_DGRAM_NONBLOCK, 0);
            int bound = (int) function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT))
                    .invokeExact(socket, address, (int) address.byteSize());
            assertEquals(0, bound, "bind");
        }

        String receive() throws Throwable {
            MemorySegment bytes = arena.allocate(4096);
            MethodHandle receive =
                    function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
            long length = (long) receive.invokeExact(socket, bytes, bytes.byteSize(), 0);
            return length < 0
                    ? "nothing"
                    : new String(bytes.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            try {
                int _ = (int) function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                        .invokeExact(socket);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            arena.close();
        }

        private static MethodHandle function(String name, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
        }
    }
}

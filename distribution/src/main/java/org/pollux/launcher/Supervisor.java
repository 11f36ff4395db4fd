package org.pollux.launcher;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * systemd, or another program that started this process and waits until it serves: {@code sd_notify(3)}. Each message is one
 * datagram to the Unix-domain socket that the environment variable {@code NOTIFY_SOCKET} names. The JDK has no such sockets, so
 * the C library sends. Without the variable there is no supervisor, and nothing is sent.
 */
final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /** The process needs a while to end after its bundles have. */
    private static final Duration END = Duration.ofSeconds(10);

    private final String socket;

    private Supervisor(String socket) {
        this.socket = socket;
    }

    static Supervisor of(Map<String, String> environment) {
        return new Supervisor(environment.getOrDefault("NOTIFY_SOCKET", ""));
    }

    boolean isPresent() {
        return !socket.isEmpty();
    }

    /** The server runs. */
    void ready() {
        tell("READY=1");
    }

    /** Another process, of the same unit, is the server from now on. */
    void mainProcess(String pid) {
        tell("MAINPID=" + pid);
    }

    /** The server stops. It may take longer than the unit's {@code TimeoutStopSec}. */
    void stopping(Duration most) {
        tell("STOPPING=1\nEXTEND_TIMEOUT_USEC=" + most.plus(END).toMillis() * 1000);
    }

    private void tell(String message) {
        if (!isPresent()) {
            return;
        }
        try {
            Socket.send(socket, message);
        } catch (Throwable e) {
            LOG.warn(
                    "the supervisor was not told {}, and may end this server: {}. NOTIFY_SOCKET is '{}'; 'Type=exec' in"
                            + " the unit needs none",
                    message.replace('\n', ' '),
                    String.valueOf(e.getMessage()),
                    socket);
        }
    }

    /** Linux's datagrams between processes. */
    @SuppressWarnings("restricted")
    private static final class Socket {

        private static final short AF_UNIX = 1;
        private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
        private static final int MSG_NOSIGNAL = 0x4000;
        private static final int LONGEST_PATH = 107;

        private static final MethodHandle SOCKET =
                function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        private static final MethodHandle SEND = function(
                "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

        private Socket() {}

        private static MethodHandle function(String name, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
        }

        static void send(String path, String message) throws Throwable {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
                MemorySegment address = address(arena, path);
                MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, message.getBytes(StandardCharsets.UTF_8));
                int socket = (int) SOCKET.invokeExact(state, (int) AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
                check(socket, "socket", state);
                try {
                    long sent = (long) SEND.invokeExact(
                            state, socket, bytes, bytes.byteSize(), MSG_NOSIGNAL, address, (int) address.byteSize());
                    check(sent, "sendto", state);
                } finally {
                    int _ = (int) CLOSE.invokeExact(state, socket);
                }
            }
        }

        /** {@code struct sockaddr_un}. A path that begins with {@code @} is an abstract name: it begins with a zero byte. */
        private static MemorySegment address(Arena arena, String path) {
            byte[] name = path.getBytes(StandardCharsets.UTF_8);
            if (name.length > LONGEST_PATH) {
                throw new IllegalArgumentException("a path of " + name.length + " bytes is too long for a socket");
            }
            MemorySegment address = arena.allocate(Short.BYTES + name.length, JAVA_SHORT.byteAlignment());
            address.set(JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, Short.BYTES, name.length);
            if (name[0] == '@') {
                address.set(JAVA_BYTE, Short.BYTES, (byte) 0);
            }
            return address;
        }

        private static void check(long result, String function, MemorySegment state) {
            if (result < 0) {
                long errno =
                        Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
                throw new IllegalStateException(function + " failed with errno " + state.get(JAVA_INT, errno));
            }
        }
    }
}

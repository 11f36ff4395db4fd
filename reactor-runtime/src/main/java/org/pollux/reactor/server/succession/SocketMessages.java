package org.pollux.reactor.server.succession;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.spi.base.Errno;

/**
 * {@code sendmsg(2)} and {@code recvmsg(2)} with descriptors ({@code SCM_RIGHTS}), and who the other process is. The layouts are those
 * of 64-bit Linux. Nothing here waits: the sockets do not block.
 */
@SuppressWarnings("restricted")
final class SocketMessages {

    /**
     * Who has the other end of a Unix-domain socket, as the kernel knows it.
     *
     * @param user its number
     */
    record Peer(int pid, int user) {}

    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int SO_PEERCRED = 17;
    private static final int MSG_CTRUNC = 0x8;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;

    /** {@code struct msghdr}: name, its length, the vector, its length, the control data, its length, flags. */
    private static final int HEADER = 56;

    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;

    /** {@code struct cmsghdr}: its length with the data, the level, the type. */
    private static final int CONTROL_HEADER = 16;

    /** Room for more descriptors than a message may have, so that too many are seen, and closed. */
    private static final int CONTROL_ROOM = CONTROL_HEADER + 8 * Integer.BYTES;

    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final long ERRNO_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SENDMSG =
            function("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECVMSG =
            function("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETEUID = function("geteuid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private SocketMessages() {}

    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, ERRNO);
    }

    /**
     * Sends some of the bytes, and with the first of them the descriptors.
     *
     * @return how many bytes; 0 when the socket takes none now
     */
    static int send(int socket, ByteBuffer bytes, List<Integer> descriptors) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment data = arena.allocate(bytes.remaining());
            data.copyFrom(MemorySegment.ofBuffer(bytes));
            MemorySegment header = header(arena, data);
            if (!descriptors.isEmpty()) {
                long length = CONTROL_HEADER + (long) descriptors.size() * Integer.BYTES;
                MemorySegment control = arena.allocate((length + 7) / 8 * 8, Long.BYTES);
                control.set(JAVA_LONG, 0, length);
                control.set(JAVA_INT, 8, SOL_SOCKET);
                control.set(JAVA_INT, 12, SCM_RIGHTS);
                for (int i = 0; i < descriptors.size(); i++) {
                    control.setAtIndex(JAVA_INT, CONTROL_HEADER / Integer.BYTES + i, descriptors.get(i));
                }
                header.set(ADDRESS, CONTROL, control);
                header.set(JAVA_LONG, CONTROL_LENGTH, control.byteSize());
            }
            long sent = (long) SENDMSG.invokeExact(state, socket, header, MSG_NOSIGNAL);
            int count = (int) orNothing(sent, "sendmsg", state);
            bytes.position(bytes.position() + Math.max(0, count));
            return count;
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /**
     * Receives some bytes into the buffer, and the descriptors that came with them.
     *
     * @return how many bytes; 0 when there are none now, -1 at the end
     * @throws IOException when there were more descriptors than fit; those that fit are in the list
     */
    static int receive(int socket, ByteBuffer bytes, List<Integer> descriptors) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment data = arena.allocate(bytes.remaining());
            MemorySegment header = header(arena, data);
            header.set(ADDRESS, CONTROL, arena.allocate(CONTROL_ROOM, Long.BYTES));
            header.set(JAVA_LONG, CONTROL_LENGTH, CONTROL_ROOM);
            long received = (long) RECVMSG.invokeExact(state, socket, header, MSG_CMSG_CLOEXEC);
            if (received < 0) { // a process that ends before it has read all resets the socket
                return state.get(JAVA_INT, ERRNO_OFFSET) == Errno.ECONNRESET
                        ? -1
                        : (int) orNothing(received, "recvmsg", state);
            }
            descriptors.addAll(passed(header));
            if ((header.get(JAVA_INT, FLAGS) & MSG_CTRUNC) != 0) {
                throw new IOException("the other process sent more descriptors than a message may have");
            }
            bytes.put(data.asSlice(0, received).asByteBuffer());
            return received == 0 ? -1 : (int) received;
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static MemorySegment header(Arena arena, MemorySegment data) {
        MemorySegment vector = arena.allocate(16, Long.BYTES);
        vector.set(ADDRESS, 0, data);
        vector.set(JAVA_LONG, 8, data.byteSize());
        MemorySegment header = arena.allocate(HEADER, Long.BYTES);
        header.set(ADDRESS, VECTOR, vector);
        header.set(JAVA_LONG, VECTOR_COUNT, 1);
        return header;
    }

    /** The kernel puts all descriptors of a message of a stream into one control message. */
    private static List<Integer> passed(MemorySegment header) {
        List<Integer> descriptors = new ArrayList<>();
        long room = header.get(JAVA_LONG, CONTROL_LENGTH);
        if (room < CONTROL_HEADER) {
            return descriptors;
        }
        MemorySegment control = header.get(ADDRESS, CONTROL).reinterpret(room);
        boolean rights = control.get(JAVA_INT, 8) == SOL_SOCKET && control.get(JAVA_INT, 12) == SCM_RIGHTS;
        long end = Math.min(room, control.get(JAVA_LONG, 0));
        for (long at = CONTROL_HEADER; rights && at + Integer.BYTES <= end; at += Integer.BYTES) {
            descriptors.add(control.get(JAVA_INT, at));
        }
        return descriptors;
    }

    static Peer peer(int socket) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment credentials = arena.allocate(12, Integer.BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_INT, 12);
            long done = (int) GETSOCKOPT.invokeExact(state, socket, SOL_SOCKET, SO_PEERCRED, credentials, length);
            long _ = orNothing(done, "getsockopt", state);
            return new Peer(credentials.get(JAVA_INT, 0), credentials.get(JAVA_INT, 4));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** The number of the user that this process acts as. */
    static int user() {
        try (Arena arena = Arena.ofConfined()) {
            return (int) GETEUID.invokeExact(arena.allocate(Linker.Option.captureStateLayout()));
        } catch (Throwable e) {
            throw new AssertionError("geteuid does not throw", e);
        }
    }

    /** Closes descriptors that nobody wants. */
    static void close(List<Integer> descriptors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            for (int descriptor : descriptors) {
                int _ = (int) CLOSE.invokeExact(state, descriptor);
            }
        } catch (Throwable e) {
            throw new AssertionError("close does not throw", e);
        }
    }

    /** 0 for a call that would have to wait, or that a signal has interrupted. */
    private static long orNothing(long result, String function, MemorySegment state) throws IOException {
        int errno = state.get(JAVA_INT, ERRNO_OFFSET);
        if (result < 0 && errno != Errno.EAGAIN && errno != Errno.EINTR) {
            throw new IOException(function + ": " + Errno.describe(errno));
        }
        return Math.max(0, result);
    }

    private static IOException failure(Throwable e) {
        return switch (e) {
            case IOException failed -> failed;
            case RuntimeException fault -> throw fault;
            case Error error -> throw error;
            default -> throw new AssertionError("a C function does not throw", e);
        };
    }
}

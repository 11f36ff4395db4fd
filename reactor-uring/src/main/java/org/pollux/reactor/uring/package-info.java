/**
 * The backend on Linux's io_uring, called through {@link java.lang.foreign} without a line of C and without a library.
 *
 * <p>io_uring completes operations instead of reporting readiness. So a stream is received ahead, into buffers that the kernel takes
 * when bytes are there, and the writes of all callbacks of a turn are sent by the one system call that also waits for the next
 * completions. All other channels are polled ({@link org.pollux.reactor.spi.Handover} says why).
 *
 * <p>From the outside inwards: {@link org.pollux.reactor.uring.UringBackend} checks whether the kernel allows a ring, a {@code
 * UringPoller} turns it, a {@code UringStream} has a {@code UringInput} and a {@code UringOutput} and a {@code
 * PolledChannel} a {@code Readiness}, {@code ReceiveBuffers} and the {@code Outbox} are the memory that they share, the {@code Ring}
 * is the two queues, and {@code Kernel} contains all system calls.
 */
@Export(
        substitution =
                Export.Substitution
                        .NOIMPORT) // exported for plain Java; a bundle that imports its own package could get its
// previous version
@Capability(namespace = "pollux.backend", name = "uring")
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.uring;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

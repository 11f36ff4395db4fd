package org.pollux.reactor.uring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pollux.reactor.spi.base.Errno;

/** Why a kernel makes no ring, and what helps. */
final class Refusal {

    static final int EBUSY = 16;
    static final int EINVAL = 22;
    static final int ENOSYS = 38;
    static final int ETIME = 62;
    static final int ENOBUFS = 105;
    static final int ECANCELED = 125;

    private static final Path SETTING = Path.of("/proc/sys/kernel/io_uring_disabled");

    private Refusal() {}

    /**
     * Passes on the result of a system call.
     *
     * @throws IOException when it is a negative errno, with what helps
     */
    static int require(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": " + Errno.describe(-result) + remedy(-result, setting()));
        }
        return result;
    }

    /** The setting of the kernel, as far as it says: "0" where everybody may have a ring. */
    private static String setting() {
        try {
            return Files.readString(SETTING).trim();
        } catch (IOException _) {
            return "0";
        }
    }

    static String remedy(int errno, String setting) {
        return switch (errno) {
            case Errno.EPERM ->
                switch (setting) {
                    case "1" ->
                        "; kernel.io_uring_disabled is 1: add the group of this process with sysctl"
                                + " kernel.io_uring_group=GID, or allow all with sysctl kernel.io_uring_disabled=0";
                    case "2" ->
                        "; kernel.io_uring_disabled is 2, nobody may use io_uring: sysctl kernel.io_uring_disabled=0"
                                + " allows it";
                    default ->
                        "; a seccomp filter forbids io_uring, as those of Docker and Podman do: allow io_uring_setup,"
                                + " io_uring_enter and io_uring_register in the profile (--security-opt"
                                + " seccomp=FILE), or in SystemCallFilter= of the systemd unit";
                };
            case Errno.ENOMEM ->
                "; the limit of locked memory is too low for a ring of each loop, and for two during a swap: set"
                        + " LimitMEMLOCK=64M in the systemd unit, --ulimit memlock=67108864 for a container, or ulimit -l 65536";
            case EINVAL ->
                "; Linux " + System.getProperty("os.version") + " is too old, 6.1 is needed: update the kernel";
            case ENOSYS ->
                "; this kernel was built without io_uring, or a sandbox hides it: use a kernel with CONFIG_IO_URING";
            default -> "";
        };
    }
}

package org.pollux.reactor.server.limits;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** The limits that the JVM and the system set for this process. From any thread. */
public final class SystemLimits {

    private SystemLimits() {}

    /** Bytes: what the heap and direct memory allow each, and the smaller of the two. */
    public static long memory() {
        long heap = Runtime.getRuntime().maxMemory();
        long direct = directMemory();
        return direct > 0 ? Math.min(heap, direct) : heap;
    }

    /** As it was set; 0 when it is as large as the heap, or unknown. */
    private static long directMemory() {
        try {
            HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return jvm == null
                    ? 0
                    : Long.parseLong(jvm.getVMOption("MaxDirectMemorySize").getValue());
        } catch (IllegalArgumentException _) {
            return 0; // another JVM
        }
    }

    /** How many descriptors the process may have open; {@link Integer#MAX_VALUE} when that is unknown. */
    static int maxDescriptors() {
        return os() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount())
                : Integer.MAX_VALUE;
    }

    /** How many it has open; 0 when that is unknown. The system lists them all for this. */
    static int openDescriptors() {
        return os() instanceof UnixOperatingSystemMXBean unix ? (int) unix.getOpenFileDescriptorCount() : 0;
    }

    private static OperatingSystemMXBean os() {
        return ManagementFactory.getOperatingSystemMXBean();
    }
}

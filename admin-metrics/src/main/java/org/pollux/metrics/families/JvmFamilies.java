package org.pollux.metrics.families;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A few numbers of the process and its virtual machine, under the names that Prometheus's own clients use. */
public final class JvmFamilies {

    private JvmFamilies() {}

    /** The figures of this moment. */
    public static List<Family> read() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        Family used = Family.gauge("jvm_memory_used_bytes", "Memory of the virtual machine in use");
        Family most =
                Family.gauge("jvm_memory_max_bytes", "Memory that the virtual machine may use, -1 without a limit");
        add(memory.getHeapMemoryUsage(), "heap", used, most);
        add(memory.getNonHeapMemoryUsage(), "nonheap", used, most);
        Family collections = Family.counter("jvm_gc_collections_total", "Garbage collections");
        Family pauses = Family.counter("jvm_gc_collection_seconds_total", "Time of garbage collections");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections.with(Math.max(0, collector.getCollectionCount()), "gc", collector.getName());
            pauses.with(Math.max(0, collector.getCollectionTime()) / 1e3, "gc", collector.getName());
        }
        return List.of(
                cpu(),
                Family.gauge("process_start_time_seconds", "When the process was started, in seconds since 1970")
                        .with(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3),
                used,
                most,
                collections,
                pauses,
                Family.gauge("jvm_threads_current", "Threads, without virtual ones")
                        .with(ManagementFactory.getThreadMXBean().getThreadCount()),
                Family.gauge("jvm_classes_loaded", "Classes that are loaded")
                        .with(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()));
    }

    private static Family cpu() {
        Family cpu = Family.counter("process_cpu_seconds_total", "Processor time of the process");
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? cpu.with(system.getProcessCpuTime() / (double) TimeUnit.SECONDS.toNanos(1))
                : cpu;
    }

    private static void add(MemoryUsage usage, String area, Family used, Family most) {
        used.with(usage.getUsed(), "area", area);
        most.with(usage.getMax(), "area", area);
    }
}

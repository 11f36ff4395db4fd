package org.pollux.reactor.server.loops;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A virtual thread that occupies a carrier. Java reports this in one place only, the JVM's dump of all threads, which
 * is a file.
 *
 * @param stack the innermost frame first
 */
record MountedThread(String name, List<StackTraceElement> stack) {

    private static final Pattern NAME = Pattern.compile("\\s*\"name\": \"(.*)\",");
    private static final Pattern STACK = Pattern.compile("\\s*\"stack\": \\[");
    private static final Pattern CARRIER = Pattern.compile("\\s*\"carrier\": .*");

    /** {@code "java.base/java.lang.Thread.run(Thread.java:1474)"}; a hidden class has a slash in its name, behind a dollar sign. */
    private static final Pattern FRAME = Pattern.compile(
            "\\s*\"(?:[\\w.@]*/)*(?<type>[\\w.$]+(?:/\\w+)?)\\.(?<method>[\\w$<>]+)\\((?<file>[^:)]*)(?::(?<line>\\d+))?\\)\",?");

    /**
     * Those of this moment. It takes longer the more threads there are.
     *
     * @throws IOException when there is no file for the dump
     * @throws UnsupportedOperationException when this JVM makes none
     */
    static List<MountedThread> all() throws IOException {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm == null) {
            throw new UnsupportedOperationException("This JVM makes no dump of its virtual threads");
        }
        Path folder = Files.createTempDirectory("pollux-threads");
        Path dump = folder.resolve("dump.json");
        try {
            jvm.dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
            try (Stream<String> lines = Files.lines(dump)) {
                return read(lines);
            }
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }

    /** The JVM writes a member or a frame on each line, and the carrier behind the stack. */
    static List<MountedThread> read(Stream<String> lines) {
        List<MountedThread> mounted = new ArrayList<>();
        List<StackTraceElement> stack = new ArrayList<>();
        String[] name = {""};
        lines.map(line -> line.replace("\\/", "/")).forEach(line -> {
            Matcher named = NAME.matcher(line);
            Matcher frame = FRAME.matcher(line);
            if (named.matches()) {
                name[0] = named.group(1);
            } else if (STACK.matcher(line).matches()) {
                stack.clear();
            } else if (frame.matches()) {
                stack.add(frame(frame));
            } else if (CARRIER.matcher(line).matches()) {
                mounted.add(new MountedThread(name[0], List.copyOf(stack)));
            }
        });
        return mounted;
    }

    private static StackTraceElement frame(Matcher frame) {
        String line = frame.group("line");
        return new StackTraceElement(
                frame.group("type"),
                frame.group("method"),
                frame.group("file"),
                line == null ? -1 : Integer.parseInt(line));
    }

    /** For people. */
    String where() {
        String called = name.isEmpty() ? "a virtual thread" : "the virtual thread '" + name + "'";
        return stack.isEmpty() ? called : called + " in " + stack.getFirst();
    }
}

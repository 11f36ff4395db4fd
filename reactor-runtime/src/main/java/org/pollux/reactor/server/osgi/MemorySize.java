package org.pollux.reactor.server.osgi;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pollux.reactor.server.ServerSettings;
import org.pollux.reactor.server.limits.SystemLimits;

/** Reads a number of bytes: a size with a unit, which is a power of 1024, or a part of what the JVM may use. */
final class MemorySize {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,12})\\s*(%|[kmg]?i?b?)", Pattern.CASE_INSENSITIVE);
    private static final Map<Character, Integer> SHIFTS = Map.of('k', 10, 'm', 20, 'g', 30);
    private static final int LARGEST_PART = 75;

    private MemorySize() {}

    /**
     * The bytes of {@code 256MB} or {@code 50%}.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static long memory(String text) {
        Matcher matcher = matcher(text, "a size such as 256MB or 2GB, or a part such as 50%");
        long hundredth = SystemLimits.memory() / 100;
        if (matcher.group(2).equals("%")) {
            long part = Long.parseLong(matcher.group(1));
            if (part < 1 || part > LARGEST_PART) {
                throw new IllegalArgumentException("a part must be from 1% to " + LARGEST_PART + "%");
            }
            return Math.max(ServerSettings.LEAST_MEMORY, hundredth * part);
        }
        long bytes = bytes(matcher);
        if (bytes < ServerSettings.LEAST_MEMORY || bytes > hundredth * LARGEST_PART) {
            throw new IllegalArgumentException("it must be from 1MB to " + LARGEST_PART
                    + "% of the limit of heap and direct memory, which is " + (SystemLimits.memory() >> 20)
                    + "MB; see -Xmx and -XX:MaxDirectMemorySize");
        }
        return bytes;
    }

    /**
     * The bytes of {@code 128KB}.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static int sendBuffer(String text) {
        Matcher matcher = matcher(text, "a size such as 128KB, or 0 for the system's own limit");
        long bytes = matcher.group(2).equals("%") ? -1 : bytes(matcher);
        if (bytes != 0 && (bytes < 16 << 10 || bytes > 16 << 20)) {
            throw new IllegalArgumentException("it must be from 16KB to 16MB, or 0 for the system's own limit");
        }
        return (int) bytes;
    }

    private static Matcher matcher(String text, String allowed) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("write " + allowed);
        }
        return matcher;
    }

    private static long bytes(Matcher matcher) {
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        return Long.parseLong(matcher.group(1)) << (unit.isEmpty() ? 0 : SHIFTS.getOrDefault(unit.charAt(0), 0));
    }
}

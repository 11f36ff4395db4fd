package org.pollux.reactor.runtime.loop;

import java.util.Locale;

/** Numbers of bytes for people. */
public final class Sizes {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Sizes() {}

    public static String text(long count) {
        double value = (double) count;
        int unit = 0;
        for (; value >= 1024 && unit < UNITS.length - 1; unit++) {
            value /= 1024;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}

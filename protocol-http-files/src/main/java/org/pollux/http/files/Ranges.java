package org.pollux.http.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ranges of the field {@code Range} (RFC 9110, section 14.2). The field is ignored, and the whole file is sent, if
 * it is malformed, has a unit other than bytes, asks for more than {@value #MOST} ranges, or for more bytes than the
 * file has, as the overlapping ranges of an attack do (section 17.15).
 */
final class Ranges {

    private static final int MOST = 16;

    private static final Pattern FIELD = Pattern.compile("(?i:bytes)=[ \t]*([-\\d, \t]*)");
    private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d*)|-(\\d+)");

    private Ranges() {}

    /**
     * Reads the field.
     *
     * @param size size of the whole file
     * @return the satisfiable ranges, in the requested order; an empty list if none can be satisfied; empty if the
     *     field is to be ignored
     */
    static Optional<List<ByteRange>> of(String field, long size) {
        Matcher all = FIELD.matcher(field);
        if (size == 0 || !all.matches()) {
            return Optional.empty();
        }
        List<ByteRange> ranges = new ArrayList<>();
        int asked = 0;
        for (String text : all.group(1).split(",", -1)) {
            if (text.isBlank()) {
                continue; // a list may have empty elements (section 5.6.1)
            }
            Matcher range = RANGE.matcher(text.strip());
            if (!range.matches() || isReversed(range) || ++asked > MOST) {
                return Optional.empty();
            }
            range(range, size).ifPresent(ranges::add);
        }
        return asked == 0 || isMoreThanAll(ranges, size) ? Optional.empty() : Optional.of(ranges);
    }

    private static boolean isReversed(Matcher range) {
        return range.group(2) != null && !range.group(2).isEmpty() && number(range.group(2)) < number(range.group(1));
    }

    private static Optional<ByteRange> range(Matcher range, long size) {
        if (range.group(3) != null) {
            long count = number(range.group(3));
            return count == 0 ? Optional.empty() : Optional.of(new ByteRange(Math.max(0, size - count), size - 1));
        }
        long from = number(range.group(1));
        long to = range.group(2).isEmpty() ? size - 1 : Math.min(number(range.group(2)), size - 1);
        return from < size ? Optional.of(new ByteRange(from, to)) : Optional.empty();
    }

    /** A number that is too large counts as infinity. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }

    private static boolean isMoreThanAll(List<ByteRange> ranges, long size) {
        return ranges.size() > 1 && ranges.stream().mapToLong(ByteRange::length).sum() > size;
    }
}

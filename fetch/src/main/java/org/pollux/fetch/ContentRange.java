package org.pollux.fetch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;

/**
 * What a part is a part of (RFC 9110, section 14.4).
 *
 * @param text as it came
 * @param first the first byte; -1 when it is not told
 * @param total the bytes of the whole; -1 when they are not told
 */
record ContentRange(String text, long first, long total) {

    private static final Pattern FORM =
            Pattern.compile("bytes (?:([0-9]{1,18})-[0-9]{1,18}|\\*)/(?:([0-9]{1,18})|\\*)");

    static ContentRange of(Headers headers) {
        String text = headers.first("Content-Range").orElse("");
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? new ContentRange(text, number(form.group(1)), number(form.group(2)))
                : new ContentRange(text, -1, -1);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? -1 : Long.parseLong(digits);
    }
}

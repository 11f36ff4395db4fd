package org.pollux.http.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entity tag (RFC 9110, section 8.8.3).
 *
 * @param weak whether the tag may stay the same when some bytes change
 * @param opaque the text between the quotes
 */
record EntityTag(boolean weak, String opaque) {

    private static final Pattern TAG =
            Pattern.compile("\\G[ \t,]*(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"[ \t]*(?=,|$)");

    /** The tags of a list; none if the list is malformed. */
    static List<EntityTag> list(String field) {
        List<EntityTag> tags = new ArrayList<>();
        Matcher tag = TAG.matcher(field);
        int end = 0;
        while (tag.find()) {
            tags.add(new EntityTag(tag.group(1) != null, tag.group(2)));
            end = tag.end();
        }
        return field.substring(end).matches("[ \t,]*") ? tags : List.of();
    }

    /** The strong comparison, which requires the same bytes (section 8.8.3.2). */
    boolean isStronglyEqual(EntityTag other) {
        return !weak && equals(other);
    }

    /** The weak comparison, which suffices for a cache. */
    boolean isWeaklyEqual(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /** The form in a field. */
    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + opaque + '"';
    }
}

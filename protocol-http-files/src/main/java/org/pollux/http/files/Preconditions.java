package org.pollux.http.files;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pollux.http.Headers;
import org.pollux.http.HttpDate;

/** Evaluates the conditions of a request, in the order of RFC 9110, section 13.2.2; for GET and HEAD. */
final class Preconditions {

    enum Outcome {
        HOLD,
        /** 304: the client has the current file. */
        NOT_MODIFIED,
        /** 412: the file is not the one that the client expects. */
        FAILED
    }

    private final Headers headers;
    private final EntityTag tag;
    private final Instant modified;

    /**
     * Evaluates a request.
     *
     * @param tag entity tag of the selected representation
     * @param modified its modification time, to the second
     */
    Preconditions(Headers headers, EntityTag tag, Instant modified) {
        this.headers = headers;
        this.tag = tag;
        this.modified = modified;
    }

    Outcome outcome() {
        if (isOther()) {
            return Outcome.FAILED;
        }
        return isKnown() ? Outcome.NOT_MODIFIED : Outcome.HOLD;
    }

    /** Steps 1 and 2. */
    private boolean isOther() {
        Optional<String> match = field("If-Match");
        return match.isPresent()
                ? !isAny(match.get()) && tags(match.get()).noneMatch(tag::isStronglyEqual)
                : date("If-Unmodified-Since").filter(modified::isAfter).isPresent();
    }

    /** Steps 3 and 4. */
    private boolean isKnown() {
        Optional<String> noneMatch = field("If-None-Match");
        return noneMatch.isPresent()
                ? isAny(noneMatch.get()) || tags(noneMatch.get()).anyMatch(tag::isWeaklyEqual)
                : date("If-Modified-Since")
                        .filter(since -> !modified.isAfter(since))
                        .isPresent();
    }

    /**
     * Step 5: whether the requested ranges belong to the representation of which the client has another part (section
     * 13.1.5).
     */
    boolean allowRanges() {
        return field("If-Range").map(this::isSame).orElse(true);
    }

    private boolean isSame(String validator) {
        if (validator.endsWith("\"")) {
            return tags(validator).anyMatch(tag::isStronglyEqual);
        }
        // as strong as the tag: what was changed a moment ago may change in the same second
        return !tag.weak() && HttpDate.parse(validator).filter(modified::equals).isPresent();
    }

    private static boolean isAny(String field) {
        return field.strip().equals("*");
    }

    private static Stream<EntityTag> tags(String field) {
        return EntityTag.list(field).stream();
    }

    /** A list may have several lines (section 5.3). */
    private Optional<String> field(String name) {
        List<String> lines = headers.all(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines));
    }

    private Optional<Instant> date(String name) {
        return field(name).flatMap(HttpDate::parse);
    }
}

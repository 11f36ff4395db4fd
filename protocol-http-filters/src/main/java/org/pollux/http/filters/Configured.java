package org.pollux.http.filters;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the components here have in common when they are configured. */
final class Configured {

    private static final Logger LOG = LoggerFactory.getLogger(Configured.class);

    private Configured() {}

    /** Makes a change whose configuration may be bad; then what was before goes on. */
    static void change(String pid, Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            LOG.error("Configuration {} is not used, and what was before goes on: {}", pid, e.getMessage());
        }
    }

    /** A file has one text for all of them, separated by commas. */
    static List<String> list(String[] values) {
        return Stream.of(values)
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}

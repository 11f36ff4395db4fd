package org.pollux.http.filters;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of configuration that the components here share. */
final class Configured {

    private static final Logger LOG = LoggerFactory.getLogger(Configured.class);

    private Configured() {}

    /**
     * Applies a configuration that may be bad. In that case the previous one stays in force.
     *
     * @return a line about the fault, for the operator
     */
    static List<String> change(String pid, Runnable change) {
        try {
            change.run();
            return List.of();
        } catch (RuntimeException e) {
            String problem = pid + ": the previous values stay in force, because " + e.getMessage();
            LOG.error(problem);
            return List.of(problem);
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

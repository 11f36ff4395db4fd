package org.pollux.reactor.admin;

import java.util.List;

/**
 * How often a limit was met since its owner was started.
 *
 * @param limit the key of its configuration, and what the peer saw: {@code "bodyLimit (413)"}
 * @param times how often, at least once
 * @param owner the symbolic name of the bundle that has the limit
 */
public record LimitStatus(String limit, long times, String owner) {

    /** Those of a report that were met. */
    public static List<LimitStatus> all(LimitReport report, String owner) {
        return report.limitsMet().entrySet().stream()
                .filter(met -> met.getValue() > 0)
                .map(met -> new LimitStatus(met.getKey(), met.getValue(), owner))
                .toList();
    }
}

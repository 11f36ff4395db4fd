package org.pollux.http.server.meters;

import java.util.Map;
import java.util.TreeMap;
import org.pollux.reactor.admin.Counts;
import org.pollux.reactor.admin.Distribution;
import org.pollux.reactor.admin.Histogram;

/** The requests of one route on one loop: counted by its thread, read by any. */
final class RouteMeter {

    private static final int CLASSES = 5;
    private static final int LOST = CLASSES;

    private final Counts responses = new Counts(CLASSES + 1);
    private final Histogram latency = new Histogram();

    void completed(int status, long nanos) {
        refused(status);
        latency.record(nanos);
    }

    void refused(int status) {
        responses.add(Math.clamp(status / 100 - 1, 0, CLASSES - 1), 1);
    }

    void lost() {
        responses.add(LOST, 1);
    }

    // ---- from any thread

    /** By class; only classes that have occurred. */
    Map<String, Long> responses() {
        Map<String, Long> occurred = new TreeMap<>();
        for (int i = 0; i <= CLASSES; i++) {
            long count = responses.get(i);
            if (count > 0) {
                occurred.put(i == LOST ? "lost" : (i + 1) + "xx", count);
            }
        }
        return occurred;
    }

    Distribution latency() {
        return latency.read();
    }
}

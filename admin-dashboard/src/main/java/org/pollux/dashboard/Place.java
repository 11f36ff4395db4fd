package org.pollux.dashboard;

import java.util.List;
import org.pollux.http.HttpHandler;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.StatusDocument;

/**
 * A handler of the dashboard and its paths.
 *
 * @param blocks whether the handler waits, and needs a thread of its own
 */
record Place(List<String> paths, String method, boolean blocks, HttpHandler handler) {

    private static final String PAGE = "/dashboard";

    /** All of them. */
    static List<Place> all(StatusDocument status, Server server, Feed feed) {
        return List.of(
                new Place(List.of("/", PAGE, PAGE + "/{file}"), "GET", false, new PageFiles()),
                new Place(List.of(PAGE + "/events"), "GET", false, feed),
                new Place(List.of(PAGE + "/swap"), "POST", true, new SwapHandler(server)),
                new Place(List.of("/status.json"), "GET", true, new StatusHandler(status)));
    }
}

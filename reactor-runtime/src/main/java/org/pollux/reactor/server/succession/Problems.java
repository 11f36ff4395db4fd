package org.pollux.reactor.server.succession;

import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.server.PolluxServer;

/** What is wrong with a server, one line each: faults, and endpoints that are not served. */
final class Problems {

    /** So many are told to the other process; more would only delay it. */
    static final int MOST = 1000;

    private Problems() {}

    /** As long as a message has them, so that those of two processes can be compared. */
    static List<String> of(PolluxServer server) {
        ServerStatus status = server.status();
        List<String> problems = new ArrayList<>(status.faults());
        for (EndpointStatus endpoint : status.endpoints()) {
            endpoint.problem().ifPresent(problem -> problems.add(endpoint.endpoint() + " is not served: " + problem));
        }
        return problems.stream().map(Message::cut).toList();
    }
}

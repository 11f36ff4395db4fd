package org.pollux.http.server.osgi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pollux.http.server.routing.Requirement;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.syntax.PathPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filters that the configuration demands. An invalid demand must not leave a path open. The previous demands stay in
 * force; if there are none, no request is served.
 */
public final class Demands {

    /** No filter has this name. */
    private static final String NOBODY = " ";

    private static final Logger LOG = LoggerFactory.getLogger(Demands.class);

    private final RouteRegistry routes;
    private Optional<RouteRegistry.Registration> inForce = Optional.empty();
    private volatile List<String> faults = List.of();

    public Demands(RouteRegistry routes) {
        this.routes = routes;
    }

    /** Reads the configured key {@code require}. */
    public synchronized void change(String[] texts) {
        List<Requirement> demanded = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String text : texts) {
            for (String part : text.split(",", -1)) {
                try {
                    if (!part.isBlank()) {
                        demanded.add(Requirement.parse(part));
                    }
                } catch (IllegalArgumentException e) {
                    wrong.add("require in pollux.http: " + e.getMessage() + ". "
                            + (inForce.isPresent()
                                    ? "The demands before stay in force"
                                    : "Until it is mended, all requests get 503"));
                }
            }
        }
        wrong.forEach(LOG::error);
        faults = List.copyOf(wrong);
        if (wrong.isEmpty()) {
            replace(demanded);
        } else if (inForce.isEmpty()) {
            replace(List.of(new Requirement(NOBODY, PathPattern.EVERYTHING)));
        }
    }

    /** Replaces the demands in one step, so that every request sees the old or the new ones. */
    private void replace(List<Requirement> demanded) {
        Optional<RouteRegistry.Registration> before = inForce;
        routes.together(() -> {
            inForce = Optional.of(routes.require(demanded));
            before.ifPresent(RouteRegistry.Registration::close);
        });
    }

    /** The invalid demands, one line each. */
    public List<String> faults() {
        return faults;
    }
}

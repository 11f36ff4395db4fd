package org.pollux.metrics.osgi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;

/**
 * Whether the server should get requests. It should not while it starts or stops, while an endpoint is missing, and while a bundle says
 * that it is not ready: a service {@link Supplier} with the property {@code pollux.unready} returns its reasons, a line each. From any
 * thread.
 */
@Component(
        service = {Readiness.class, Supplier.class},
        property = "pollux.readiness=server")
public final class Readiness implements Supplier<List<String>> {

    private final Server server;
    private final List<Supplier<List<String>>> reports = new CopyOnWriteArrayList<>();

    /** The readiness of the server. */
    @Activate
    public Readiness(@Reference Server server) {
        this.server = server;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(pollux.unready=*)")
    void bindReport(Supplier<List<String>> report) {
        reports.add(report);
    }

    void unbindReport(Supplier<List<String>> report) {
        reports.remove(report);
    }

    /** The same for other bundles, which find it by the service property {@code pollux.readiness}. */
    @Override
    public List<String> get() {
        return reasons();
    }

    /** Why it is not ready, a line each; empty when it is. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        ServerStatus status = server.status();
        switch (status.state()) {
            case STARTING -> reasons.add("the server is starting");
            case STOPPING -> reasons.add("the server is stopping");
            default -> {}
        }
        for (EndpointStatus endpoint : status.endpoints()) {
            if (endpoint.state() == State.FAILED || endpoint.state() == State.WAITING) {
                reasons.add(endpoint.endpoint() + " is not served"
                        + endpoint.problem().map(": "::concat).orElse(""));
            }
        }
        reports.forEach(report -> reasons.addAll(report.get()));
        return reasons;
    }
}

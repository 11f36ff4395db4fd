package org.pollux.metrics.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pollux.metrics.families.ServerFamilies;
import org.pollux.reactor.admin.Server;

/**
 * Shows the numbers of a server in registries of Micrometer. In plain Java:
 *
 * <pre>
 *   new PolluxMetrics(server).bindTo(registry);
 * </pre>
 *
 * <p>The meters are those of {@code /metrics} that begin with {@code pollux_}, under names with dots: {@code pollux_endpoint_accepted_total}
 * is the counter {@code pollux.endpoint.accepted}. A histogram is a timer with the count and the total time.
 *
 * <p>From any thread. A loop only counts, whether there is a registry or not. The status is read when a meter is read, at most once a
 * second for each registry, on the thread that reads. It must not be a loop's thread, because a status may wait for other bundles. A
 * reading also adds the meters of new endpoints and routes, and removes those of former ones.
 */
public final class PolluxMetrics implements MeterBinder, AutoCloseable {

    private final Server server;
    private final List<Binding> bindings = new CopyOnWriteArrayList<>();

    /** The numbers of this server. */
    public PolluxMetrics(Server server) {
        this.server = server;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Binding binding = new Binding(() -> ServerFamilies.of(server.status()), registry);
        bindings.add(binding);
        binding.refresh();
    }

    /** Removes the meters from all registries. */
    @Override
    public void close() {
        bindings.forEach(Binding::close);
        bindings.clear();
    }
}

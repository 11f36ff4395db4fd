package org.pollux.metrics.osgi;

import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.metrics.families.Family;
import org.pollux.metrics.families.JvmFamilies;
import org.pollux.metrics.families.OwnMetrics;
import org.pollux.metrics.families.ServerFamilies;
import org.pollux.reactor.admin.Server;

/** All metrics of one moment. From any thread; it may wait a moment for bundles that report slowly. */
@Component(service = Readings.class)
public final class Readings {

    private final Server server;
    private final OwnMetrics own;

    /** The readings of the server. */
    @Activate
    public Readings(@Reference Server server, @Reference OwnMetricsComponent own) {
        this(server, own.metrics());
    }

    Readings(Server server, OwnMetrics own) {
        this.server = server;
        this.own = own;
    }

    List<Family> read() {
        return Stream.of(ServerFamilies.of(server.status()), JvmFamilies.read(), own.read())
                .flatMap(List::stream)
                .toList();
    }
}

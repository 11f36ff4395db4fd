package org.pollux.reactor.server.osgi;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.reactor.admin.Distribution;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.PoolStatus;
import org.pollux.reactor.admin.RequestStatus;
import org.pollux.reactor.admin.ServedPath;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.StatusDocument;
import org.pollux.reactor.admin.SwapReport;
import org.pollux.reactor.admin.SwapStatus;
import org.pollux.reactor.admin.WebSocketStatus;
import org.pollux.reactor.server.json.JsonObject;

/**
 * The status for programs. Members are never removed or renamed, only added; docs/status.schema.json describes them, and a test
 * compares both.
 */
@Component
public final class StatusJson implements StatusDocument {

    private final Server server;
    private final BundleContext context;

    @Activate
    public StatusJson(@Reference Server server, BundleContext context) {
        this.server = server;
        this.context = context;
    }

    @Override
    public String json() {
        return document(server.status(), server.servedPaths(), Arrays.stream(context.getBundles()), Instant.now())
                .toString();
    }

    static JsonObject document(ServerStatus status, List<ServedPath> routes, Stream<Bundle> bundles, Instant now) {
        return new JsonObject()
                .put("version", status.version())
                .put("time", now.toString())
                .put("state", status.state())
                .put("uptimeSeconds", seconds(status.uptime()))
                .put("faults", status.faults())
                .put("backend", status.backend())
                .put(
                        "backends",
                        list(status.backends().stream()
                                .map(backend -> engine(backend.name(), backend.state(), backend.description()))))
                .put(
                        "tlsEngines",
                        list(status.tlsEngines().stream()
                                .map(engine -> engine(engine.name(), engine.state(), engine.description()))))
                .put("loops", list(status.loops().stream().map(StatusJson::loop)))
                .put("endpoints", list(status.endpoints().stream().map(StatusJson::endpoint)))
                .put("routes", list(routes.stream().map(StatusJson::route)))
                .put(
                        "limits",
                        list(status.limits().stream()
                                .map(limit -> new JsonObject()
                                        .put("limit", limit.limit())
                                        .put("times", limit.times())
                                        .put("owner", limit.owner()))))
                .put("memory", memory(status))
                .put("descriptors", descriptors(status))
                .put(
                        "certificates",
                        list(status.certificates().stream()
                                .map(certificate -> new JsonObject()
                                        .put("origin", certificate.origin())
                                        .put("names", certificate.names())
                                        .put("expires", certificate.end().toString()))))
                .put("swaps", swaps(status.swaps()))
                .put("engineExchanges", status.engineExchanges())
                .put("requests", list(status.requests().stream().map(StatusJson::requests)))
                .put("pools", list(status.pools().stream().map(StatusJson::pool)))
                .put("webSockets", list(status.webSockets().stream().map(StatusJson::webSockets)))
                .put("deploys", status.deploys())
                .put("bundles", list(bundles.map(StatusJson::bundle)));
    }

    private static List<JsonObject> list(Stream<JsonObject> objects) {
        return objects.toList();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Only the buckets that are not empty, each with its upper limit in seconds; the last one may have none. */
    private static JsonObject distribution(Distribution times) {
        List<JsonObject> buckets = new ArrayList<>();
        long below = 0;
        for (Duration limit : Distribution.limits()) {
            long upTo = times.countUpTo(limit);
            if (upTo > below) {
                buckets.add(new JsonObject().put("upToSeconds", seconds(limit)).put("times", upTo - below));
                below = upTo;
            }
        }
        long longer = times.count() - below;
        if (longer > 0) {
            buckets.add(new JsonObject().put("upToSeconds", null).put("times", longer));
        }
        return new JsonObject()
                .put("times", times.count())
                .put("totalSeconds", seconds(times.total()))
                .put("p50Seconds", seconds(times.quantile(0.5)))
                .put("p99Seconds", seconds(times.quantile(0.99)))
                .put("buckets", buckets);
    }

    private static JsonObject swaps(SwapStatus swaps) {
        return new JsonObject()
                .put("done", swaps.done())
                .put("failed", swaps.failed())
                .put("pauses", distribution(swaps.pauses()))
                .put("last", swaps.last().map(last -> swap(last, swaps.lastAt())));
    }

    private static JsonObject swap(SwapReport swap, Duration at) {
        return new JsonObject()
                .put("from", swap.from())
                .put("to", swap.to())
                .put("atSeconds", seconds(at))
                .put("sources", swap.sources())
                .put("loops", swap.loops())
                .put("longestPauseSeconds", seconds(swap.longestPause()))
                .put("late", swap.late());
    }

    private static JsonObject requests(RequestStatus requests) {
        return new JsonObject()
                .put("name", requests.name())
                .put("inFlight", requests.inFlight())
                .put("wires", requests.wires())
                .put(
                        "upgrades",
                        list(requests.upgrades().stream()
                                .map(upgrade -> new JsonObject()
                                        .put("protocol", upgrade.protocol())
                                        .put("open", upgrade.open())
                                        .put("total", upgrade.total()))))
                .put(
                        "routes",
                        list(requests.routes().stream()
                                .map(route -> new JsonObject()
                                        .put("route", route.route())
                                        .put("responses", route.responses())
                                        .put("latency", distribution(route.latency())))));
    }

    private static JsonObject pool(PoolStatus pool) {
        return new JsonObject()
                .put("name", pool.name())
                .put("active", pool.active())
                .put("idle", pool.idle())
                .put("waiting", pool.waiting())
                .put("opened", pool.opened())
                .put("failed", pool.failed());
    }

    private static JsonObject webSockets(WebSocketStatus sockets) {
        return new JsonObject()
                .put("name", sockets.name())
                .put("open", sockets.open())
                .put("received", sockets.received())
                .put("sent", sockets.sent())
                .put("messageBytes", sockets.messageBytes())
                .put("compressionBytes", sockets.compressionBytes());
    }

    private static JsonObject engine(String name, Enum<?> state, String description) {
        return new JsonObject().put("name", name).put("state", state).put("description", description);
    }

    private static JsonObject loop(LoopStatus loop) {
        return new JsonObject()
                .put("name", loop.name())
                .put("backend", loop.backend())
                .put("sources", loop.sources())
                .put("connections", loop.connections())
                .put("turns", loop.turns())
                .put("bytesRead", loop.bytesRead())
                .put("bytesWritten", loop.bytesWritten())
                .put("busySeconds", seconds(loop.busy()))
                .put("ready", loop.ready())
                .put("tasksWaiting", loop.tasksWaiting())
                .put("presentTurnSeconds", seconds(loop.presentTurn()))
                .put("turnTimes", distribution(loop.turnTimes()))
                .put("heldUp", loop.heldUp())
                .put("heldUpStack", loop.heldUpStack())
                .put("timesHeldUp", loop.timesHeldUp());
    }

    private static JsonObject endpoint(EndpointStatus endpoint) {
        return new JsonObject()
                .put("endpoint", endpoint.endpoint())
                .put("protocol", endpoint.protocol())
                .put("state", endpoint.state())
                .put("local", endpoint.local().map(Units::address))
                .put("connections", endpoint.connections())
                .put("waiting", endpoint.waiting())
                .put("adopted", endpoint.adopted())
                .put("accepted", endpoint.accepted())
                .put("refused", endpoint.refused())
                .put("closed", endpoint.closed())
                .put("bytesRead", endpoint.bytesRead())
                .put("bytesWritten", endpoint.bytesWritten())
                .put("handshakes", endpoint.handshakes())
                .put("handshakesFailed", endpoint.handshakesFailed())
                .put("problem", endpoint.problem());
    }

    private static JsonObject route(ServedPath route) {
        return new JsonObject()
                .put("path", route.path())
                .put("methods", route.methods())
                .put("hosts", route.hosts())
                .put("bundle", route.bundle())
                .put("handler", route.handler())
                .put("filters", route.filters())
                .put("blocking", route.blocking())
                .put("waiting", route.waiting());
    }

    private static JsonObject memory(ServerStatus status) {
        return new JsonObject()
                .put("used", status.memory().used())
                .put("most", status.memory().most())
                .put("limit", status.memory().limit())
                .put("full", status.memory().full())
                .put("slowReaders", status.memory().slowReaders())
                .put("slowSenders", status.memory().slowSenders());
    }

    private static JsonObject descriptors(ServerStatus status) {
        return new JsonObject()
                .put("open", status.descriptors().open())
                .put("limit", status.descriptors().limit())
                .put("kept", status.descriptors().kept())
                .put("full", status.descriptors().full())
                .put("timesFull", status.descriptors().timesFull());
    }

    private static JsonObject bundle(Bundle bundle) {
        String name = bundle.getSymbolicName();
        return new JsonObject()
                .put("id", bundle.getBundleId())
                .put("name", name == null ? bundle.getLocation() : name)
                .put("version", bundle.getVersion().toString())
                .put("state", state(bundle.getState()))
                .put("updated", Instant.ofEpochMilli(bundle.getLastModified()).toString());
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "active";
            case Bundle.INSTALLED -> "installed";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            default -> "uninstalled";
        };
    }
}

package org.pollux.http.server.osgi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.reactor.admin.ServedPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services in the routes, and those whose places are kept.
 *
 * <pre>
 *   in the routes ──(service unregistered)──▶ awaited ──(patience is over)──▶ refused: 503
 *         ▲                                     │   │                            │   │
 *         └──────── its successor comes ────────┘───┼────────────────────────────┘   │
 *                                                   ▼                                ▼
 *            removed on purpose, see BundleState: out of the routes (a filter when the patience is over)
 * </pre>
 *
 * <p>The services that a bundle registers while it starts enter the routes together, when all of them are registered. A
 * framework reports STARTED to {@link BundleListener}s after the synchronous listeners, which include the one of
 * Declarative Services.
 *
 * <p>It is one file because one lock guards the places of all services. From any thread. No lock is held while other services
 * are called.
 */
final class HttpServices {

    /** The time for which the status reports that a filter was removed, unless it returns. */
    private static final Duration TOLD = Duration.ofMinutes(10);

    private static final int MOST_TOLD = 20;
    private static final long TICK_MILLIS = 100;
    private static final long LATE_MILLIS = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(HttpServices.class);

    /** A filter that was removed on purpose, in words that keep no class of its bundle, and the time of that. */
    private record Opened(String filter, String line, long since) {}

    private final RouteRegistry routes;
    private final Map<ServiceReference<?>, Offer> offers = new HashMap<>();
    private final List<Offer> away = new ArrayList<>();

    /** The offers so far of bundles that are starting. */
    private final Map<Long, List<Offer>> arriving = new HashMap<>();

    /** The reports about filters without a path. */
    private final Map<ServiceReference<?>, String> lost = new LinkedHashMap<>();

    private final List<Opened> opened = new ArrayList<>();
    private final Map<String, Long> unmet = new LinkedHashMap<>();
    private final ScheduledThreadPoolExecutor ticks = new ScheduledThreadPoolExecutor(1, HttpServices::thread);
    private final BundleListener started = this::onStarted;
    private final SynchronousBundleListener starting = this::onStarting;
    private @Nullable BundleContext context;
    private @Nullable BundleState states;
    private boolean ticking;
    private boolean ended;

    HttpServices(RouteRegistry routes) {
        this.routes = routes;
        ticks.setKeepAliveTime(1, TimeUnit.SECONDS);
        ticks.allowCoreThreadTimeOut(true);
        ticks.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable work) {
        Thread made = Thread.ofPlatform()
                .name("pollux-http-services")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(work);
        made.setContextClassLoader(HttpServices.class.getClassLoader());
        return made;
    }

    /** Follows the bundles of a framework. Without this call, removed services leave the routes at once. */
    void begin(BundleContext following) {
        List<Offer> missing;
        synchronized (this) {
            context = following;
            states = new BundleState(following);
            following.addBundleListener(starting);
            following.addBundleListener(started);
            missing = new Memory(following)
                    .take().stream()
                            .filter(offer -> offers.values().stream().noneMatch(other -> other.follows(offer)))
                            .toList();
            away.addAll(missing);
        }
        routes.together(() -> missing.forEach(offer -> {
            offer.enter(routes);
            offer.suspend(System.nanoTime());
        }));
        tickLater();
    }

    /**
     * Services that are removed from now on are removed because the server ends. They serve the requests that its
     * connections still have, or that are on their way. No request waits any longer.
     */
    void end() {
        BundleContext followed;
        synchronized (this) {
            ended = true;
            followed = context;
            context = null;
            if (followed != null && followed.getBundle().getState() == Bundle.STOPPING) {
                new Memory(followed)
                        .write(Stream.concat(offers.values().stream(), away.stream())
                                .toList());
            }
            offers.clear();
            away.forEach(Offer::giveUp);
            ticks.shutdown();
        }
        routes.release();
        if (followed != null) {
            followed.removeBundleListener(starting);
            followed.removeBundleListener(started);
        }
    }

    // ---- services come and go

    void add(ServiceReference<?> service, Offer offer) {
        synchronized (this) {
            offers.put(service, offer);
            if (offer.isLostFilter()) {
                lost.put(
                        service,
                        "The filter of bundle " + offer.bundleName()
                                + " has no path that can be used, and sees no request: correct its property path");
            }
            List<Offer> others =
                    arriving.get(offer.bundle().map(Bundle::getBundleId).orElse(-1L));
            if (others != null) {
                others.add(offer);
                return;
            }
        }
        enter(List.of(offer));
    }

    /** The same service has other properties. */
    void change(ServiceReference<?> service, Offer changed) {
        Offer before;
        synchronized (this) {
            before = offers.get(service);
            if (before == null || !before.isInRoutes()) {
                arriving.values().forEach(list -> list.remove(before));
            } else if (changed.isLostFilter()) {
                lost.put(
                        service,
                        "The " + before + " has been given no path that can be used, and stays where it is:"
                                + " correct its property path");
                return;
            }
            lost.remove(service);
        }
        routes.together(() -> {
            add(service, changed);
            if (before != null) {
                before.leave();
            }
        });
    }

    /** The service is registered, but is not used any more. */
    void drop(ServiceReference<?> service) {
        Offer dropped;
        synchronized (this) {
            dropped = offers.remove(service);
            arriving.values().forEach(list -> list.remove(dropped));
        }
        if (dropped != null) {
            dropped.leave();
        }
    }

    void remove(ServiceReference<?> service) {
        Offer gone;
        synchronized (this) {
            gone = offers.remove(service);
            lost.remove(service);
            if (gone == null || arriving.values().stream().anyMatch(list -> list.remove(gone)) || !gone.isInRoutes()) {
                return;
            }
            if (context != null && gone.bundle().isPresent()) {
                away.add(gone);
            }
        }
        if (isAway(gone)) {
            gone.suspend(System.nanoTime());
            tickLater();
        } else {
            gone.leave();
        }
    }

    private synchronized boolean isAway(Offer offer) {
        return away.contains(offer);
    }

    /** Adds all of them to the routes in one step, and removes their predecessors. */
    private void enter(List<Offer> entering) {
        List<Offer> followed = new ArrayList<>();
        synchronized (this) {
            for (Offer offer : entering) {
                away.stream().filter(offer::follows).forEach(followed::add);
            }
            away.removeAll(followed);
            opened.removeIf(
                    one -> entering.stream().anyMatch(offer -> offer.toString().equals(one.filter())));
        }
        routes.together(() -> {
            entering.forEach(offer -> offer.enter(routes));
            followed.forEach(Offer::leave);
        });
        tickLater();
    }

    /** The paths of all handlers, in their order. */
    synchronized List<ServedPath> servedPaths() {
        return Stream.concat(offers.values().stream(), away.stream())
                .flatMap(offer -> offer.servedPaths(routes::filters))
                .sorted(Comparator.comparing(ServedPath::path).thenComparing(ServedPath::bundle))
                .toList();
    }

    // ---- bundles start

    private synchronized void onStarting(BundleEvent event) {
        long bundle = event.getBundle().getBundleId();
        switch (event.getType()) {
            case BundleEvent.STARTING, BundleEvent.LAZY_ACTIVATION -> arriving.putIfAbsent(bundle, new ArrayList<>());
            case BundleEvent.STOPPED -> arriving.remove(bundle);
            case BundleEvent.STARTED -> {
                if (!ended) { // even if something delays the thread of the asynchronous events
                    ScheduledFuture<?> _ = ticks.schedule(() -> arrived(bundle), LATE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
            default -> {}
        }
    }

    private void onStarted(BundleEvent event) {
        if (event.getType() == BundleEvent.STARTED) {
            arrived(event.getBundle().getBundleId());
        }
    }

    private void arrived(long bundle) {
        List<Offer> all;
        synchronized (this) {
            all = arriving.remove(bundle);
        }
        if (all != null && !all.isEmpty()) {
            enter(all);
        }
    }

    // ---- time passes

    private synchronized void tickLater() {
        if (!ticking
                && !ended
                && context != null
                && (!away.isEmpty() || !routes.faults().isEmpty())) {
            ticking = true;
            ScheduledFuture<?> _ = ticks.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        try {
            List<Offer> all;
            BundleState asked;
            synchronized (this) {
                ticking = false;
                all = List.copyOf(away);
                asked = states;
            }
            if (asked != null) {
                Map<Offer, BundleState.Fate> fates = new LinkedHashMap<>();
                all.forEach(offer -> fates.put(offer, asked.fate(offer)));
                advance(fates, System.nanoTime());
            }
            tellUnmet(System.nanoTime());
        } catch (RuntimeException e) { // perhaps the framework is about to stop
            LOG.warn("The services that are away cannot be checked now", e);
        } finally {
            tickLater();
        }
    }

    private void advance(Map<Offer, BundleState.Fate> fates, long now) {
        List<Offer> leaving = new ArrayList<>();
        boolean refused = false;
        synchronized (this) {
            for (Map.Entry<Offer, BundleState.Fate> entry : fates.entrySet()) {
                Offer offer = entry.getKey();
                if (!away.contains(offer)) {
                    continue; // it has returned in the meantime
                }
                offer.note(entry.getValue(), now);
                if (offer.isGone(now, patience())) {
                    away.remove(offer);
                    leaving.add(offer);
                } else if (offer.isAwaited() && offer.awayFor(now) >= patience().toNanos()) {
                    offer.giveUp();
                    refused = true;
                    LOG.error("{}", refusal(offer));
                }
            }
        }
        leaving.forEach(offer -> tellGone(offer, now));
        if (refused || !leaving.isEmpty()) {
            routes.together(() -> leaving.forEach(Offer::leave));
        }
    }

    private Duration patience() {
        return routes.handOver().patience();
    }

    private void tellGone(Offer offer, long now) {
        if (offer.kind() == Offer.Kind.FILTER) {
            String line = "The " + offer + " is gone (" + offer.trouble()
                    + "): requests pass without it. To prevent that, demand it: require in pollux.http";
            LOG.warn(line);
            synchronized (this) {
                opened.add(new Opened(offer.toString(), line, now));
                if (opened.size() > MOST_TOLD) {
                    opened.removeFirst();
                }
            }
        } else {
            LOG.info("The {} is gone ({})", offer, offer.trouble());
        }
    }

    private static String refusal(Offer offer) {
        return "The " + offer + " is away (" + offer.trouble()
                + "): requests get 503. Bring it back, or stop or uninstall"
                + " its bundle when they are to be served without it";
    }

    /** Logs an unmet demand once, and not at all when it is met again within a second. */
    private synchronized void tellUnmet(long now) {
        List<String> lines = routes.faults();
        unmet.keySet().retainAll(lines);
        for (String line : lines) {
            Long since = unmet.putIfAbsent(line, now);
            if (since != null && since >= 0 && now - since > TimeUnit.SECONDS.toNanos(1)) {
                unmet.put(line, -1L);
                LOG.error(line);
            }
        }
    }

    /** The current faults, one line each. */
    synchronized List<String> faults() {
        long now = System.nanoTime();
        opened.removeIf(one -> now - one.since() > TOLD.toNanos());
        List<String> lines = new ArrayList<>(routes.faults());
        lines.addAll(lost.values());
        away.stream().filter(offer -> !offer.isAwaited()).forEach(offer -> lines.add(refusal(offer)));
        opened.forEach(one -> lines.add(one.line()));
        return lines;
    }
}

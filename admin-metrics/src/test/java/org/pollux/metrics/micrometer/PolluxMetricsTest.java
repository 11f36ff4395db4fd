package org.pollux.metrics.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pollux.metrics.families.Family;
import org.pollux.metrics.families.SampleStatus;
import org.pollux.metrics.families.ServerFamilies;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;

/** The numbers of a server in a registry whose clock stands still. */
final class PolluxMetricsTest {

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

    private List<EndpointStatus> endpoints = SampleStatus.STATUS.endpoints();
    private int statuses;

    private final Server server = proxy(Server.class, "status", () -> {
        statuses++;
        return proxy(ServerStatus.class, "endpoints", () -> endpoints, SampleStatus.STATUS);
    });

    private interface Value {
        Object read();
    }

    /** An object whose one method has that value; the others are those of another object, if there is one. */
    private static <T> T proxy(Class<T> type, String method, Value value, Object... other) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, called, arguments) ->
                        called.getName().equals(method) ? value.read() : called.invoke(other[0], arguments)));
    }

    private Set<String> names() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .collect(Collectors.toSet());
    }

    @Test
    void countersGaugesAndTimersHaveTheNumbersOfTheStatus() {
        new PolluxMetrics(server).bindTo(registry);
        assertEquals(
                3,
                registry.get("pollux.endpoint.closed")
                        .tags("endpoint", "tcp://127.0.0.1:8080", "protocol", "acme", "cause", "client")
                        .functionCounter()
                        .count());
        assertEquals(0.25, registry.get("pollux.loop.busy").functionCounter().count());
        assertEquals(5, registry.get("pollux.memory.used").gauge().value());
        assertEquals("bytes", registry.get("pollux.memory.used").gauge().getId().getBaseUnit());
        assertEquals(61, registry.get("pollux.uptime").timeGauge().value(TimeUnit.SECONDS));
        var latency =
                registry.get("pollux.http.request").tag("route", "/users/{id}").functionTimer();
        assertEquals(1, latency.count());
        assertEquals(2, latency.totalTime(TimeUnit.MILLISECONDS));
    }

    /** The names that Micrometer makes for Prometheus: dots to underscores, then the unit, then {@code _total}. */
    @Test
    void forPrometheusTheNamesAreThoseOfMetrics() {
        new PolluxMetrics(server).bindTo(registry);
        Set<String> expected = new TreeSet<>();
        for (Family family : ServerFamilies.of(SampleStatus.STATUS)) {
            if (!family.samples().isEmpty()) {
                expected.add(family.name());
            }
        }
        Set<String> names = new TreeSet<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            String unit = id.getBaseUnit() == null ? "" : "_" + id.getBaseUnit();
            String total = id.getType() == Meter.Type.COUNTER ? "_total" : "";
            names.add(id.getName().replace('.', '_') + unit + total);
        }
        assertEquals(expected, names);
    }

    @Test
    void oneStatusServesAllMetersOfASecond() {
        new PolluxMetrics(server).bindTo(registry);
        registry.getMeters().forEach(meter -> meter.measure().forEach(value -> assertNotNull(value.getValue())));
        assertEquals(1, statuses);
        clock.add(Duration.ofSeconds(1));
        registry.getMeters().forEach(meter -> meter.measure().forEach(value -> assertNotNull(value.getValue())));
        assertEquals(2, statuses);
    }

    @Test
    void theMetersOfAnEndpointComeAndGoWithIt() {
        endpoints = List.of();
        new PolluxMetrics(server).bindTo(registry);
        assertNull(registry.find("pollux.endpoint.up").meter());
        endpoints = SampleStatus.STATUS.endpoints();
        clock.add(Duration.ofSeconds(1));
        registry.get("pollux.uptime").timeGauge().value();
        assertEquals(1, registry.get("pollux.endpoint.up").gauge().value());
        endpoints = List.of();
        clock.add(Duration.ofSeconds(1));
        registry.get("pollux.uptime").timeGauge().value();
        assertNull(registry.find("pollux.endpoint.up").meter());
    }

    @Test
    void whoeverBindsNeedNotKeepTheBinder() {
        new PolluxMetrics(server).bindTo(registry);
        WeakReference<Object> canary = new WeakReference<>(new Object());
        while (canary.get() != null) {
            System.gc();
        }
        assertEquals(5, registry.get("pollux.memory.used").gauge().value());
        assertEquals(3, registry.get("pollux.endpoint.closed").functionCounter().count());
        assertEquals(1, registry.get("pollux.http.request").functionTimer().count());
    }

    @Test
    void aClosedBinderLeavesNoMeter() {
        PolluxMetrics metrics = new PolluxMetrics(server);
        metrics.bindTo(registry);
        registry.counter("of.the.program");
        Meter former = registry.get("pollux.uptime").meter();
        metrics.close();
        clock.add(Duration.ofSeconds(2));
        former.measure().forEach(value -> assertNotNull(value.getValue()));
        assertEquals(Set.of("of.the.program"), names());
    }
}

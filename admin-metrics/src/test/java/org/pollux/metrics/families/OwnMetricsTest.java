package org.pollux.metrics.families;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pollux.metrics.Counter;

/** Metrics of other bundles: what is refused, what is shown, and what is gone. */
final class OwnMetricsTest {

    private final OwnMetrics all = new OwnMetrics();
    private final BundleMetrics shop = new BundleMetrics(all, "shop");

    private Map<String, Double> read() {
        String text = Exposition.of(all.read(), false);
        return text.isEmpty() ? Map.of() : StrictParser.parse(text, false);
    }

    @Test
    void counterGaugeAndTimerAreShown() {
        shop.counter("orders_total", "Orders", "country").add(2, "de");
        shop.gauge("stock", "Stock", () -> 7);
        shop.timer("payment_seconds", "Payments").record(Duration.ofMillis(30));
        Map<String, Double> values = read();
        assertEquals(2, values.get("orders_total{country=\"de\"}"));
        assertEquals(7, values.get("stock{}"));
        assertEquals(0.03, values.get("payment_seconds_sum{}"));
    }

    @Test
    void theyAreGoneWithTheirBundleAndTheNamesAreFree() {
        shop.gauge("stock", "Stock", () -> 7);
        shop.close();
        assertEquals(Map.of(), read());
        new BundleMetrics(all, "other").gauge("stock", "Stock", () -> 8);
        assertEquals(8, read().get("stock{}"));
    }

    @Test
    void aNameThatIsTakenIsRefusedWithItsOwner() {
        shop.gauge("stock", "Stock", () -> 7);
        BundleMetrics other = new BundleMetrics(all, "other");
        assertEquals(
                "The name 'stock' cannot be used: a name is not taken; this one is, by shop",
                assertThrows(IllegalArgumentException.class, () -> other.gauge("stock", "Stock", () -> 8))
                        .getMessage());
        other.close();
        assertEquals(7, read().get("stock{}"), "it stays the owner's");
    }

    @ParameterizedTest
    @CsvSource({"0a_total,l", "a-b_total,l", "pollux_a_total,l", "a,l", "a_total,le", "a_total,__l", "a_total,l-m"})
    void aNameOrLabelOfAnotherFormIsRefused(String name, String label) {
        assertThrows(IllegalArgumentException.class, () -> shop.counter(name, "help", label));
        assertEquals(List.of(), all.read());
    }

    @Test
    void aCounterOnlyGrowsAndWantsAllItsLabels() {
        Counter orders = shop.counter("orders_total", "Orders", "country");
        assertThrows(IllegalArgumentException.class, () -> orders.add(-1, "de"));
        assertEquals(
                "orders_total has the labels [country], and was given []",
                assertThrows(IllegalArgumentException.class, () -> orders.add(1))
                        .getMessage());
    }

    @Test
    void combinationsOfLabelsAreLimited() {
        Counter orders = shop.counter("orders_total", "Orders", "country");
        for (int i = 0; i < 3 * BundleMetrics.MOST; i++) {
            orders.add(1, Integer.toString(i));
        }
        Map<String, Double> values = read();
        assertEquals(BundleMetrics.MOST + 1, values.size());
        assertEquals(2.0 * BundleMetrics.MOST, values.get("orders_total{country=\"(other)\"}"));
    }

    @Test
    void aGaugeThatThrowsIsLeftOut() {
        shop.gauge("broken", "Broken", () -> {
            throw new IllegalStateException("broken");
        });
        shop.gauge("stock", "Stock", () -> 7);
        assertEquals(Map.of("stock{}", 7.0), read());
    }
}

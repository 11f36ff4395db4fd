/**
 * Metrics of your own, beside those of the server. A component gets {@link org.pollux.metrics.Metrics} as a service and registers a
 * counter, a gauge or a timer. They appear at {@code /metrics} and in JMX, and are gone when the bundle stops.
 *
 * <pre>
 *   &#64;Activate
 *   public Orders(&#64;Reference Metrics metrics) {
 *       orders = metrics.counter("shop_orders_total", "Orders by country", "country");
 *   }
 *   …
 *   orders.add(1, "de");
 * </pre>
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.metrics;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

package org.pollux.metrics.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.pollux.metrics.families.OwnMetrics;
import org.pollux.metrics.families.SampleStatus;
import org.pollux.reactor.admin.Server;

/** The metrics by JMX, through a connector as jconsole uses it. */
final class MetricsBeanTest {

    private static final Server SERVER = (Server) Proxy.newProxyInstance(
            Server.class.getClassLoader(), new Class<?>[] {Server.class}, (_, _, _) -> SampleStatus.STATUS);

    private final Readings readings = new Readings(SERVER, new OwnMetrics());

    @Test
    void aClientSeesAnAttributeForEachFamily() throws Exception {
        ObjectName name = new ObjectName(MetricsBean.NAME);
        MetricsBean bean = new MetricsBean(readings);
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1"), null, ManagementFactory.getPlatformMBeanServer());
        server.start();
        try (JMXConnector client = JMXConnectorFactory.connect(server.getAddress())) {
            MBeanServerConnection connection = client.getMBeanServerConnection();
            List<String> attributes = Arrays.stream(
                            connection.getMBeanInfo(name).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .toList();
            assertTrue(attributes.contains("pollux_loop_turns_total"), attributes::toString);
            assertEquals(61.0, connection.getAttribute(name, "pollux_uptime_seconds"));
            assertEquals(
                    Map.of("loop=pollux-loop-0", 0.25),
                    connection.getAttribute(name, "pollux_loop_busy_seconds_total"));
            assertEquals(
                    Map.of("count", 1.0, "quantile=0.5", 8.5e-4, "quantile=0.99", 9.97e-4),
                    connection.getAttribute(name, "pollux_swap_pause_seconds"));
            assertEquals(
                    2,
                    connection
                            .getAttributes(name, new String[] {"pollux_faults", "pollux_info", "none"})
                            .size());
            assertThrows(AttributeNotFoundException.class, () -> connection.getAttribute(name, "none"));
        } finally {
            server.stop();
            bean.close();
        }
        assertFalse(ManagementFactory.getPlatformMBeanServer().isRegistered(name));
    }
}

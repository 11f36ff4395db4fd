package org.pollux.metrics.osgi;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.pollux.metrics.families.Family;

/**
 * The metrics by JMX: the object {@code org.pollux:type=Metrics} has an attribute for each family. A family without labels is a number,
 * one with labels a map from the labels to numbers. A histogram shows its count, and its quantiles in seconds. Nothing is
 * read before a client asks.
 */
@Component(
        service = {},
        immediate = true)
public final class MetricsBean implements DynamicMBean {

    static final String NAME = "org.pollux:type=Metrics";

    private final Readings readings;
    private final ObjectName name;

    /**
     * Registers it.
     *
     * @throws JMException when the name is taken
     */
    @Activate
    public MetricsBean(@Reference Readings readings) throws JMException {
        this.readings = readings;
        this.name = new ObjectName(NAME);
        ManagementFactory.getPlatformMBeanServer().registerMBean(this, name);
    }

    @Deactivate
    void close() throws JMException {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        return readings.read().stream()
                .filter(family -> family.name().equals(attribute))
                .findFirst()
                .map(MetricsBean::value)
                .orElseThrow(() -> new AttributeNotFoundException("The metric " + attribute + " is unknown"));
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        List<String> wanted = List.of(attributes);
        return new AttributeList(readings.read().stream()
                .filter(family -> wanted.contains(family.name()))
                .map(family -> new Attribute(family.name(), value(family)))
                .toList());
    }

    private static Object value(Family family) {
        Map<String, Double> values = new TreeMap<>();
        for (Family.Sample sample : family.samples()) {
            String labels = sample.labels().entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .collect(Collectors.joining(","));
            if (family.type() == Family.Type.HISTOGRAM) {
                String before = labels.isEmpty() ? "" : labels + ",";
                values.put(before + "count", (double) sample.times().count());
                for (double part : new double[] {0.5, 0.99}) {
                    values.put(
                            before + "quantile=" + part,
                            sample.times().quantile(part).toNanos() / 1e9);
                }
            } else {
                values.put(labels, sample.value());
            }
        }
        Double only = values.get("");
        return only != null ? only : values;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return new MBeanInfo(
                MetricsBean.class.getName(),
                "The numbers of the server",
                readings.read().stream()
                        .filter(family -> !family.samples().isEmpty())
                        .map(family -> new MBeanAttributeInfo(
                                family.name(), value(family).getClass().getName(), family.help(), true, false, false))
                        .toArray(MBeanAttributeInfo[]::new),
                null,
                null,
                null);
    }

    // ---- nothing can be changed or called

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " is a measurement and cannot be set");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException("The operation " + action + " is unknown");
    }
}

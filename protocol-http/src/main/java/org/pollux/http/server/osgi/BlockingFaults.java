package org.pollux.http.server.osgi;

import java.util.List;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;
import org.pollux.http.server.exchange.BlockingCalls;

/** Reports the bundles whose blocking handlers use all their calls. */
@Component(
        name = "org.pollux.http.server.BlockingFaults",
        service = Supplier.class,
        property = "pollux.faults=blocking handlers")
public final class BlockingFaults implements Supplier<List<String>> {

    /** One line for each. */
    @Override
    public List<String> get() {
        return BlockingCalls.faults();
    }
}

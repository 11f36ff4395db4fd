package org.pollux.http.server;

import java.util.List;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;

/** Reports the bundles whose blocking handlers have all the calls that they may have. */
@Component(service = Supplier.class, property = "pollux.faults=blocking handlers")
public final class BlockingFaults implements Supplier<List<String>> {

    /** A line for each. */
    @Override
    public List<String> get() {
        return BlockingCalls.faults();
    }
}

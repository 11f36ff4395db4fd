package org.pollux.launcher;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** What the launcher adds to the shell's commands. */
final class ShellCommands {

    private final Faults faults;

    private ShellCommands(Faults faults) {
        this.faults = faults;
    }

    static void register(BundleContext context, Faults faults) {
        Map<String, String> properties = Map.of("osgi.command.scope", "pollux", "osgi.command.function", "faults");
        context.registerService(ShellCommands.class, new ShellCommands(faults), FrameworkUtil.asDictionary(properties));
    }

    /** {@code pollux:faults}: the bundles that should run and do not. */
    public void faults() {
        faults.current().forEach(System.out::println); // to the session that asked: Gogo sees to it
    }
}

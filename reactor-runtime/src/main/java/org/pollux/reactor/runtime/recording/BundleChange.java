package org.pollux.reactor.runtime.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A bundle was installed, updated or uninstalled. */
@Name("org.pollux.BundleChange")
@Label("Bundle Change")
@Description("A bundle was installed, updated or uninstalled")
@Category({"Pollux", "Server"})
@StackTrace(false)
public final class BundleChange extends Event {

    private static final BundleChange PROBE = new BundleChange();

    @Label("Bundle")
    String bundle = "";

    @Label("Version")
    String version = "";

    @Label("Change")
    String change = "";

    private BundleChange() {}

    /** A bundle by its symbolic name. */
    public static void record(String bundle, String version, String change) {
        if (PROBE.isEnabled()) {
            BundleChange event = new BundleChange();
            event.bundle = bundle;
            event.version = version;
            event.change = change;
            event.commit();
        }
    }
}

package org.pollux.reactor.runtime.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A connection could not be accepted, or not be taken over. For the loop's thread. */
@Name("org.pollux.AcceptFailed")
@Label("Accept Failed")
@Description("A connection could not be accepted, or not be taken over")
@Category({"Pollux", "Connections"})
@StackTrace(false)
public final class AcceptFailed extends Event {

    private static final AcceptFailed PROBE = new AcceptFailed();

    @Label("Local Address")
    String local = "";

    @Label("Failure")
    String failure = "";

    private AcceptFailed() {}

    /** At the listener on an address. */
    public static void record(Object local, Throwable cause) {
        if (PROBE.isEnabled()) {
            AcceptFailed event = new AcceptFailed();
            event.local = local.toString();
            event.failure = cause.toString();
            event.commit();
        }
    }
}

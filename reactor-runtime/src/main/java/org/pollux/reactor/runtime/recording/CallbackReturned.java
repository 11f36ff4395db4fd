package org.pollux.reactor.runtime.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A callback that was held up has returned. Recorded by the watch. */
@Name("org.pollux.CallbackReturned")
@Label("Callback Returned")
@Description("A callback that was held up has returned")
@Category({"Pollux", "Loops"})
@StackTrace(false)
public final class CallbackReturned extends Event {

    private static final CallbackReturned PROBE = new CallbackReturned();

    @Label("Loop")
    String loop = "";

    @Label("Culprit")
    @Description("The bundle, and the object that was called")
    String culprit = "";

    @Label("Lasted")
    @Timespan
    long lasted;

    private CallbackReturned() {}

    /** It has lasted so many nanoseconds. */
    public static void record(String loop, String culprit, long lasted) {
        if (PROBE.isEnabled()) {
            CallbackReturned event = new CallbackReturned();
            event.loop = loop;
            event.culprit = culprit;
            event.lasted = lasted;
            event.commit();
        }
    }
}

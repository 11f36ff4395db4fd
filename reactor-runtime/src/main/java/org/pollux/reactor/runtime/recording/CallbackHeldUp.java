package org.pollux.reactor.runtime.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A callback does not return. Recorded once, by the watch. */
@Name("org.pollux.CallbackHeldUp")
@Label("Callback Held Up")
@Description("A callback of an event loop does not return")
@Category({"Pollux", "Loops"})
@StackTrace(false)
public final class CallbackHeldUp extends Event {

    private static final CallbackHeldUp PROBE = new CallbackHeldUp();

    @Label("Loop")
    String loop = "";

    @Label("Culprit")
    @Description("The bundle, and the object that was called")
    String culprit = "";

    @Label("Lasted")
    @Timespan
    long lasted;

    @Label("Stack")
    @Description("The stack of the loop's thread when this was noticed")
    String stack = "";

    private CallbackHeldUp() {}

    /** It has lasted so many nanoseconds. */
    public static void record(String loop, String culprit, long lasted, String stack) {
        if (PROBE.isEnabled()) {
            CallbackHeldUp event = new CallbackHeldUp();
            event.loop = loop;
            event.culprit = culprit;
            event.lasted = lasted;
            event.stack = stack.strip();
            event.commit();
        }
    }
}

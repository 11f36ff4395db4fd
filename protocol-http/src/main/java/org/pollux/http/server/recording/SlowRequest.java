package org.pollux.http.server.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A request whose response took longer than the threshold. For the loop's thread. */
@Name("org.pollux.SlowRequest")
@Label("Slow Request")
@Description("A request whose response was handed over later than the threshold after its head was read")
@Category({"Pollux", "HTTP"})
@StackTrace(false)
@Threshold("20 ms")
public final class SlowRequest extends Event {

    private static final SlowRequest PROBE = new SlowRequest();

    @Label("Method")
    String method = "";

    @Label("Route")
    @Description("The pattern of the path")
    String route = "";

    @Label("Status")
    int status;

    private SlowRequest() {}

    /** A request that begins now; null when no recording wants it. */
    public static @Nullable SlowRequest begun() {
        if (!PROBE.isEnabled()) {
            return null;
        }
        SlowRequest event = new SlowRequest();
        event.begin();
        return event;
    }

    /** Whether it has taken longer than the threshold: ask before the values of {@link #record} are made. */
    public boolean isSlow() {
        end();
        return shouldCommit();
    }

    /** Its response was handed over as a whole. */
    public void record(String method, String route, int status) {
        this.method = method;
        this.route = route;
        this.status = status;
        commit();
    }
}

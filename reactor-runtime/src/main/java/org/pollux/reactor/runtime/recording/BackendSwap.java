package org.pollux.reactor.runtime.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A swap of the backend, from the first preparation until the last poller is closed. For the admin thread. */
@Name("org.pollux.BackendSwap")
@Label("Backend Swap")
@Description("All event loops move to another backend")
@Category({"Pollux", "Server"})
@StackTrace(false)
public final class BackendSwap extends Event {

    @Label("From")
    String from = "";

    @Label("To")
    String to = "";

    @Label("Sources")
    @Description("Channels that have moved")
    int sources;

    @Label("Loops")
    int loops;

    @Label("Longest Pause")
    @Description("The longest time for which a loop served nothing because of the swap")
    @Timespan
    long longestPause;

    @Label("Failure")
    @Description("Why the loops are with the backend before; null when the swap was done")
    @Nullable
    String failure;

    private BackendSwap() {}

    /** A swap begins. */
    public static BackendSwap begun(String from, String to) {
        BackendSwap event = new BackendSwap();
        event.from = from;
        event.to = to;
        event.begin();
        return event;
    }

    /** It is done; the pause is in nanoseconds. */
    public void done(int sources, int loops, long longestPause) {
        this.sources = sources;
        this.loops = loops;
        this.longestPause = longestPause;
        commit();
    }

    /** It has failed. */
    public void failed(String why) {
        failure = why;
        commit();
    }
}

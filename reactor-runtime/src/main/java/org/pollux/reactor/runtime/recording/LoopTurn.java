package org.pollux.reactor.runtime.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A turn of a loop that worked longer than the threshold. A loop has one, and uses it for each turn. For its thread. */
@Name("org.pollux.LoopTurn")
@Label("Loop Turn")
@Description("A turn of an event loop that worked longer than the threshold")
@Category({"Pollux", "Loops"})
@StackTrace(false)
@Threshold("10 ms")
public final class LoopTurn extends Event {

    private boolean begun;

    /** A turn that is not recorded yet. */
    public LoopTurn() {}

    /** The turn begins to work. */
    public void begun() {
        if (isEnabled()) {
            begin();
            begun = true;
        }
    }

    /** The turn is over. */
    public void over() {
        if (begun) {
            begun = false;
            end();
            if (shouldCommit()) {
                commit();
            }
        }
    }
}

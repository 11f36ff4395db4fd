package org.pollux.reactor.runtime;

import java.util.Set;

/**
 * Tells from a stack whether a thread is in code that a loop has called, or in the loop's own. A loop is taken from a thread
 * only in the first case: then the thread changes nothing of the loop before it has found out that it has lost it.
 */
final class Callbacks {

    private static final String PACKAGE = Callbacks.class.getPackageName() + ".";

    /** The methods that call a handler, a protocol or a task. Each asks, when that returns, whether the loop is still its. */
    private static final Set<String> CALLERS = Set.of(
            "StreamConnection.accepted",
            "StreamConnection.connect",
            "StreamConnection.tell",
            "StreamConnection.call",
            "StreamConnection.closed",
            "StreamConnection.tellGivenUp",
            "LoopEvent.happen",
            "UdpPort.receive",
            "UdpPort.deliver",
            "UdpPort.closed",
            "Tasks.runGuarded");

    private Callbacks() {}

    /** Whether the thread is outside the loop's own code, or has ended. */
    static boolean isOutside(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            String name = frame.getClassName();
            if (name.startsWith(PACKAGE) && name.indexOf('.', PACKAGE.length()) < 0) {
                return CALLERS.contains(name.substring(PACKAGE.length()) + "." + frame.getMethodName());
            }
        }
        return !thread.isAlive();
    }
}

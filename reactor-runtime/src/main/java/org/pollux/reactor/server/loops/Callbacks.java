package org.pollux.reactor.server.loops;

import java.util.List;
import java.util.Set;

/**
 * Tells from a stack whether a thread is in code that a loop has called, or in the loop's own. A loop is taken from a thread
 * only in the first case: then the thread changes nothing of the loop before it has found out that it has lost it.
 */
final class Callbacks {

    static final String RUNTIME = "org.pollux.reactor.runtime.";

    /** Where the loop's own code is, and that of the server's tasks on it. */
    private static final List<String> ROOMS =
            List.of(RUNTIME, "org.pollux.reactor.server.endpoints.", "org.pollux.reactor.server.loops.");

    /** The methods that call a handler, a protocol or a task. Each asks, when that returns, whether the loop is still its. */
    static final Set<String> CALLERS = Set.of(
            "net.HandlerCalls.open",
            "net.HandlerCalls.tell",
            "net.HandlerCalls.data",
            "net.StreamEnd.tell",
            "events.ChannelWatch.call",
            "events.SignalHandle.call",
            "events.TimerHandle.call",
            "net.UdpPort.receive",
            "net.UdpPort.deliver",
            "net.UdpPort.closed",
            "loop.Locals.make",
            "loop.Tasks.runGuarded");

    private Callbacks() {}

    /** Whether the thread is outside the loop's own code, or has ended. */
    static boolean isOutside(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            String name = frame.getClassName();
            if (ROOMS.stream().anyMatch(name::startsWith)) {
                return name.startsWith(RUNTIME)
                        && CALLERS.contains(name.substring(RUNTIME.length()) + "." + frame.getMethodName());
            }
        }
        return !thread.isAlive();
    }
}

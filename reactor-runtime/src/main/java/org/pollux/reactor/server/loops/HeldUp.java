package org.pollux.reactor.server.loops;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A callback that has not returned for too long.
 *
 * @param since by {@link System#nanoTime}, or the clock that the watch was given
 * @param bundle whose code the thread is in, when that is known
 * @param what was called: the connection with its protocol and request, the timer, the task
 * @param stack where the thread was when this was noticed, the innermost first
 */
public record HeldUp(long since, Optional<String> bundle, String what, List<StackTraceElement> stack) {

    private static final int SHOWN = 24;

    /** The bundle, and what it was called for. */
    String culprit() {
        return bundle.map(name -> name + ", called for " + what).orElse(what);
    }

    /** For the status: {@code held up 12 s by ...}. */
    public String since(long now) {
        return "held up " + seconds(now - since) + " by " + culprit();
    }

    public static String seconds(long nanos) {
        double seconds = nanos / 1e9;
        return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }

    /** The innermost frames, for the status. */
    public List<String> frames() {
        return stack.stream().limit(SHOWN).map(StackTraceElement::toString).toList();
    }

    /** The innermost frames, a line each. */
    String stackText() {
        StringBuilder text = new StringBuilder();
        stack.stream().limit(SHOWN).forEach(frame -> text.append("\n\tat ").append(frame));
        if (stack.size() > SHOWN) {
            text.append("\n\t... ").append(stack.size() - SHOWN).append(" more");
        }
        return text.toString();
    }
}

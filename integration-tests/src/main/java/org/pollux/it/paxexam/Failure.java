package org.pollux.it.paxexam;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * A throwable on its way out.
 *
 * <p>It goes as it is, so that the build's report has its type, message, stack, causes, and what was expected. Where it cannot be
 * written, or is of a class that only a bundle has, its text and stack go in an {@link AssertionError}.
 *
 * @param image the throwable itself; empty when it cannot be written
 */
record Failure(String image, String text, List<StackTraceElement> stack, List<Failure> causes) implements Serializable {

    static Failure of(Throwable throwable) {
        var causes = throwable.getCause() == null ? List.<Failure>of() : List.of(of(throwable.getCause()));
        return new Failure(image(throwable), throwable.toString(), List.of(throwable.getStackTrace()), causes);
    }

    Throwable toThrowable() {
        if (!image.isEmpty()) {
            try {
                return Wire.read(image, Throwable.class, Thread.currentThread().getContextClassLoader());
            } catch (IOException | ClassNotFoundException | LinkageError _) {
                // Its class is inside only: the text has to do.
            }
        }
        var cause = causes.isEmpty() ? null : causes.getFirst().toThrowable();
        var error = new AssertionError(text, cause);
        error.setStackTrace(stack.toArray(StackTraceElement[]::new));
        return error;
    }

    private static String image(Throwable throwable) {
        try {
            return Wire.write(throwable);
        } catch (IOException _) {
            return "";
        }
    }
}

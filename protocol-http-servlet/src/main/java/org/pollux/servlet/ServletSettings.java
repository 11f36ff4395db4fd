package org.pollux.servlet;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a container does, and what it may cost.
 *
 * @param contextPath of all its paths: empty, or such as {@code /app}. The handler is mounted at this path and {@code /*}
 * @param calls the most requests at a time, with asynchronous ones that wait; more get 503
 * @param asyncTimeout of an asynchronous request that sets none; zero for no limit
 * @param absoluteRedirects whether a relative location of {@code sendRedirect} is sent as an absolute one, of the host that the
 *     client has asked
 * @param form the most bytes of a form whose fields become parameters, and of the fields of one with files
 * @param drain how long {@link ServletContainer#close} waits for requests that are under way
 * @param temporary the folder of parts of forms that are too large for memory
 */
public record ServletSettings(
        String contextPath,
        int calls,
        Duration asyncTimeout,
        boolean absoluteRedirects,
        int form,
        Duration drain,
        Path temporary) {

    public static ServletSettings defaults() {
        return new ServletSettings(
                "",
                1_024,
                Duration.ofSeconds(30),
                false,
                1 << 20,
                Duration.ofSeconds(5),
                Path.of(System.getProperty("java.io.tmpdir")));
    }
}

package org.pollux.servlet.exchange;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.pollux.servlet.sessions.Sessions;

/**
 * What all requests of a servlet share.
 *
 * @param threads the container's threads, one for each call
 * @param timer for time limits; nothing long runs on it
 * @param upgrades that are open
 * @param multipart of the servlet, unless a dispatcher sets another for a request
 * @param asyncTimeout of an asynchronous request that sets none
 * @param absoluteRedirects whether a relative location is sent as an absolute one
 * @param form the most bytes of a form whose fields become parameters, and of the fields of one with files
 * @param temporary the folder of parts that are too large for memory
 */
public record Container(
        Servlet servlet,
        ContainerContext context,
        Sessions sessions,
        Executor threads,
        ScheduledExecutorService timer,
        Upgrades upgrades,
        Optional<MultipartConfigElement> multipart,
        Duration asyncTimeout,
        boolean absoluteRedirects,
        int form,
        Path temporary) {}

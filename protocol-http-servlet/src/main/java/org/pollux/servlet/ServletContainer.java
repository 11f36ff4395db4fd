package org.pollux.servlet;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.servlet.exchange.Container;
import org.pollux.servlet.exchange.ContainerContext;
import org.pollux.servlet.exchange.Cycle;
import org.pollux.servlet.exchange.Upgrades;
import org.pollux.servlet.sessions.ClassHome;
import org.pollux.servlet.sessions.SessionSettings;
import org.pollux.servlet.sessions.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves requests by a servlet. Calls have virtual threads, so a servlet may wait for anything. A request that is asynchronous
 * and waits has none.
 *
 * <pre>
 *   routes.add(new ServletContainer(new HelloServlet()), Mount.at("/*").methods("*"));
 * </pre>
 */
public final class ServletContainer implements HttpHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServletContainer.class);

    private final ServletSettings settings;
    private final Semaphore calls;
    private final Executor threads = new CallThreads();
    private final ScheduledThreadPoolExecutor timer;
    private final Container container;

    /**
     * Initializes a servlet, with default settings and sessions of its own.
     *
     * @throws ServletException of the servlet
     */
    public ServletContainer(Servlet servlet) throws ServletException {
        this(
                servlet,
                ServletSettings.defaults(),
                new Sessions(SessionSettings.defaults(), InstantSource.system(), ClassHome.PLAIN));
    }

    /**
     * Initializes a servlet.
     *
     * @param sessions which may outlive this container
     * @throws ServletException of the servlet
     */
    public ServletContainer(Servlet servlet, ServletSettings settings, Sessions sessions) throws ServletException {
        this.settings = settings;
        calls = new Semaphore(settings.calls());
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("pollux-servlet").factory());
        timer.setRemoveOnCancelPolicy(true);
        ContainerContext context =
                new ContainerContext(settings.contextPath(), sessions.settings(), settings.temporary());
        container = new Container(
                servlet,
                context,
                sessions,
                threads,
                timer,
                new Upgrades(),
                Optional.ofNullable(servlet.getClass().getAnnotation(MultipartConfig.class))
                        .map(MultipartConfigElement::new),
                settings.asyncTimeout(),
                settings.absoluteRedirects(),
                settings.form(),
                settings.temporary());
        sessions.context(context);
        servlet.init(context);
        var _ = timer.scheduleWithFixedDelay(() -> threads.execute(sessions::expire), 60, 60, TimeUnit.SECONDS);
    }

    @Override
    public void handle(Request request, Response response) {
        if (!calls.tryAcquire()) {
            response.header("Retry-After", "1").sendError(503);
            return;
        }
        threads.execute(() -> run(request, response));
    }

    private void run(Request request, Response response) {
        Cycle cycle;
        try {
            String path = request.path().substring(settings.contextPath().length());
            cycle = new Cycle(container, request, response, path.isEmpty() ? "/" : path, calls::release);
        } catch (RuntimeException e) {
            calls.release();
            LOG.debug("A request ended before its servlet was called", e);
            return;
        }
        cycle.run();
    }

    /**
     * Ends the upgraded connections whose handlers have such a class, because their bundle has stopped. From any thread.
     *
     * @param type whether a class is of that bundle
     */
    public void endUpgrades(Predicate<Class<?>> type) {
        container.upgrades().end(type);
    }

    /**
     * Ends the upgraded connections, waits for the requests that are under way, but not for ever, and destroys the servlet.
     */
    @Override
    public void close() {
        container.upgrades().close();
        try {
            boolean _ = calls.tryAcquire(settings.calls(), settings.drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        container.servlet().destroy();
    }
}

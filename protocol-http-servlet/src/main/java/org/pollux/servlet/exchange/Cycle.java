package org.pollux.servlet.exchange;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpException;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.servlet.body.SerialTasks;
import org.pollux.servlet.forms.BadForm;
import org.pollux.servlet.sessions.TooManySessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from the first call of its servlet to the end of its response. One thread at a time calls the servlet.
 *
 * <pre>
 *   call ──▶ returned ──▶ complete                     the usual way
 *    ▲           └──▶ Async waits ──▶ complete
 *    └──────────────────────┘ dispatch
 * </pre>
 */
public final class Cycle {

    private static final Logger LOG = LoggerFactory.getLogger(Cycle.class);

    private final Container container;
    private final Runnable onEnd;
    private final SerialTasks callbacks;
    private final IncomingRequest request;
    private final OutgoingResponse response;
    private final RequestSession session;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile @Nullable Async async; // since startAsync, until the next dispatch
    private @Nullable Async before; // whose listeners follow a request that is started again
    private Upgrades.@Nullable Upgrade upgrade; // that the servlet asks for

    /**
     * Prepares a request.
     *
     * @param path of the request in the servlet's context
     * @param onEnd called once, when the response is complete
     */
    public Cycle(Container container, Request request, Response response, String path, Runnable onEnd) {
        this.container = container;
        this.onEnd = onEnd;
        callbacks = new SerialTasks(container.threads());
        this.response = new OutgoingResponse(response, this, request.method().equals("HEAD"));
        this.request = new IncomingRequest(request, this, path);
        session = new RequestSession(
                container.sessions(),
                request,
                this.response,
                container.context().getContextPath());
    }

    Container container() {
        return container;
    }

    SerialTasks callbacks() {
        return callbacks;
    }

    IncomingRequest request() {
        return request;
    }

    OutgoingResponse response() {
        return response;
    }

    RequestSession session() {
        return session;
    }

    /** Calls the servlet, on the thread of the container that calls this. */
    public void run() {
        call(request, response);
    }

    private void call(ServletRequest of, ServletResponse to) {
        try {
            container.servlet().service(of, to);
        } catch (Throwable e) { // an Error too, and what other languages throw: the request has to end
            int status = statusOf(e);
            response.retryAfter(e);
            Async now = async;
            if (now == null) {
                failed(status, e);
            } else {
                now.failed(status, e);
            }
            return;
        }
        Async now = async;
        if (now == null) {
            complete();
        } else {
            now.returned();
        }
    }

    /** The status of a response to a request whose servlet has thrown that. */
    static int statusOf(Throwable fault) {
        return switch (fault) {
            case HttpException e -> e.status();
            case BadForm e -> e.status();
            case TooManySessions _ -> 503;
            case UnavailableException e -> e.isPermanent() ? 404 : 503;
            default -> 500;
        };
    }

    /** Calls the servlet once more, for that target. */
    void dispatchAgain(Target target, ServletRequest of, ServletResponse to) {
        request.redispatch(target, of instanceof HttpServletRequest http ? http : request);
        before = async;
        async = null;
        callbacks.close();
        call(of != request && of instanceof HttpServletRequest http ? new DispatchedRequest(http, request) : of, to);
    }

    Async startAsync(ServletRequest of, ServletResponse to, boolean isOriginal) {
        if (async != null || isOver.get()) {
            throw new IllegalStateException(
                    async != null ? "The request is asynchronous already" : "The response is complete");
        }
        Async started = new Async(this, of, to, isOriginal);
        async = started;
        callbacks.expect();
        response.onLost(this::lost);
        if (before != null) {
            before.startedAgain();
        }
        return started;
    }

    boolean isAsyncStarted() {
        return async != null;
    }

    Async async() {
        Async now = async;
        if (now == null) {
            throw new IllegalStateException("The request is not asynchronous: call startAsync first");
        }
        return now;
    }

    <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException {
        try {
            T made = type.getDeclaredConstructor().newInstance();
            forgetUpgrade(); // the last one counts
            upgrade = container.upgrades().add(made);
            return made;
        } catch (ReflectiveOperationException e) {
            throw new IOException("A handler of an upgrade needs a public constructor without arguments: " + type, e);
        }
    }

    private void forgetUpgrade() {
        if (upgrade != null) {
            container.upgrades().remove(upgrade);
        }
    }

    boolean isUpgrading() {
        return upgrade != null;
    }

    /** Everything of the request was done well. An upgraded connection goes on, and ends the request when it ends. */
    void complete() {
        boolean goesOn = false;
        try {
            Upgrades.Upgrade next = upgrade;
            if (next != null && !response.isCommitted()) {
                new Upgraded(this, next).begin();
                goesOn = true;
            } else {
                response.complete();
            }
        } catch (IOException e) {
            LOG.debug("The client of {} has disconnected", request.getRequestURI(), e);
        } catch (RuntimeException | Error e) {
            LOG.error("The response to {} failed", request.getRequestURI(), e);
            response.fail(500);
        } finally {
            if (!goesOn) {
                end();
            }
        }
    }

    /** The servlet has failed, its time is over, or its client has disconnected: without a fault nothing is logged. */
    void failed(int status, @Nullable Throwable fault) {
        try {
            if (fault != null && status == 500) {
                LOG.error("{} {}: its servlet failed", request.getMethod(), request.getRequestURI(), fault);
            }
            request.errorType();
            response.fail(status);
        } catch (RuntimeException e) {
            LOG.error("{} {}: its error could not be sent", request.getMethod(), request.getRequestURI(), e);
        } finally {
            end();
        }
    }

    /** The response has ended, perhaps because its client has disconnected. On the reactor's thread. */
    void lost() {
        Async now = async;
        if (now != null) {
            container.threads().execute(now::lost);
        }
    }

    /** The response is complete, or it was cut. Called again, it does nothing. */
    void end() {
        if (isOver.compareAndSet(false, true)) {
            try {
                Async last = async == null ? before : async;
                if (last != null) {
                    last.completed();
                }
                forgetUpgrade();
                request.deleteParts();
            } catch (UncheckedIOException e) {
                LOG.warn("A file of a form could not be deleted", e);
            } finally {
                onEnd.run();
            }
        }
    }
}

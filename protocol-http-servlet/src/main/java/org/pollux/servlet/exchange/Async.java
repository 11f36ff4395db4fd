package org.pollux.servlet.exchange;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that goes on after its servlet has returned (Servlet 6.1, section 2.3.3.3). From any thread. While it waits, it has
 * no thread.
 *
 * <pre>
 *             the servlet returns                complete, dispatch, or the time is over
 *   STARTED ───────────────────────▶ WAITING ────────────────────────────────────────────▶ DONE
 *      └───────── complete or dispatch: ASKED ── the servlet returns ─────────────────────────▲
 * </pre>
 */
final class Async implements AsyncContext {

    private static final Logger LOG = LoggerFactory.getLogger(Async.class);

    private enum State {
        STARTED,
        WAITING,
        ASKED,
        DONE
    }

    private record Told(AsyncListener listener, ServletRequest request, ServletResponse response) {}

    @FunctionalInterface
    private interface Call {
        void on(AsyncListener listener, AsyncEvent event) throws IOException;
    }

    private final Cycle cycle;
    private final ServletRequest request;
    private final ServletResponse response;
    private final boolean isOriginal;
    private final List<Told> listeners = new ArrayList<>();
    private State state = State.STARTED;
    private Runnable next = () -> {};
    private long timeout;
    private boolean isLost;
    private @Nullable Future<?> timer;

    Async(Cycle cycle, ServletRequest request, ServletResponse response, boolean isOriginal) {
        this.cycle = cycle;
        this.request = request;
        this.response = response;
        this.isOriginal = isOriginal;
        timeout = cycle.container().asyncTimeout().toMillis();
    }

    /** The servlet has returned. */
    void returned() {
        Runnable run;
        synchronized (this) {
            if (state == State.STARTED) {
                state = State.WAITING;
                startTimer();
                cycle.callbacks().open();
                run = isLost ? this::tellLossInOrder : () -> {};
            } else {
                state = State.DONE;
                run = next;
            }
        }
        run.run();
    }

    private void startTimer() {
        if (timeout > 0) {
            timer = cycle.container()
                    .timer()
                    .schedule(
                            () -> cycle.container().threads().execute(this::timedOut), timeout, TimeUnit.MILLISECONDS);
        }
    }

    private void timedOut() {
        synchronized (this) {
            if (state != State.WAITING) {
                return;
            }
        }
        tell(AsyncListener::onTimeout, null);
        boolean ends;
        synchronized (this) {
            ends = state == State.WAITING;
            state = ends ? State.DONE : state;
        }
        if (ends) {
            cycle.failed(500, null);
        }
    }

    /** The servlet, or a callback, has thrown. Its listeners may still complete the response. */
    void failed(int status, Throwable fault) {
        failed(status, fault, fault);
    }

    private void failed(int status, Throwable told, @Nullable Throwable logged) {
        tell(AsyncListener::onError, told);
        boolean ends;
        synchronized (this) {
            ends = state == State.STARTED || state == State.WAITING;
            state = ends ? State.DONE : state;
        }
        if (ends) {
            cycle.failed(status, logged);
        } else {
            returned();
        }
    }

    /** The response has ended before the request was completed. Tells it once the servlet has returned. */
    void lost() {
        synchronized (this) {
            boolean isFirst = !isLost;
            isLost = true;
            if (!isFirst || state != State.WAITING) {
                return;
            }
        }
        tellLossInOrder();
    }

    /** Behind the callback that runs now. */
    private void tellLossInOrder() {
        cycle.callbacks().add(this::tellLoss);
    }

    /**
     * The listener of the body comes first, and may complete the request. Clients may disconnect, so this is not a fault to log.
     */
    private void tellLoss() {
        IOException loss = new IOException("The client has disconnected");
        if (isWaiting()) {
            cycle.response().output().failed(loss);
        }
        if (isWaiting()) {
            failed(500, loss, null);
        }
    }

    private synchronized boolean isWaiting() {
        return state == State.WAITING;
    }

    /** Continues with the next step: now, or when the servlet has returned. */
    private void proceed(Runnable step) {
        synchronized (this) {
            switch (state) {
                case STARTED -> {
                    state = State.ASKED;
                    next = step;
                    return;
                }
                case WAITING -> state = State.DONE;
                case ASKED, DONE ->
                    throw new IllegalStateException("The asynchronous request was completed or dispatched already");
            }
            if (timer != null) {
                timer.cancel(false);
            }
        }
        cycle.container().threads().execute(step);
    }

    @Override
    public void complete() {
        proceed(cycle::complete);
    }

    /** The URI of a request that was forwarded before is that of the forward. */
    @Override
    public void dispatch() {
        String uri = request instanceof HttpServletRequest of
                ? of.getRequestURI()
                : cycle.request().getRequestURI();
        Target to =
                uri.equals(cycle.request().getRequestURI()) ? cycle.request().target() : target(uri);
        proceed(() -> cycle.dispatchAgain(to, request, response));
    }

    @Override
    public void dispatch(String path) {
        dispatch(request.getServletContext(), path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        Target to = target(context.getContextPath() + path);
        proceed(() -> cycle.dispatchAgain(to, request, response));
    }

    /** The one servlet of the container dispatches to other contexts. */
    private Target target(String uri) {
        return Target.of(cycle.container().context().getContextPath(), uri);
    }

    @Override
    public void start(Runnable task) {
        cycle.container().threads().execute(task);
    }

    @Override
    public ServletRequest getRequest() {
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        return response;
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return isOriginal;
    }

    @Override
    public void addListener(AsyncListener listener) {
        addListener(listener, request, response);
    }

    @Override
    public synchronized void addListener(AsyncListener listener, ServletRequest of, ServletResponse to) {
        listeners.add(new Told(listener, of, to));
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ServletException("A listener needs a public constructor without arguments: " + type, e);
        }
    }

    @Override
    public synchronized void setTimeout(long millis) {
        if (state != State.STARTED) {
            throw new IllegalStateException("The servlet that began the asynchronous request has returned");
        }
        timeout = millis;
    }

    @Override
    public synchronized long getTimeout() {
        return timeout;
    }

    /** The request has been started once more; its listeners may follow. */
    void startedAgain() {
        tell(AsyncListener::onStartAsync, null);
    }

    void completed() {
        tell(AsyncListener::onComplete, null);
    }

    private void tell(Call call, @Nullable Throwable fault) {
        List<Told> all;
        synchronized (this) {
            all = List.copyOf(listeners);
        }
        for (Told told : all) {
            try {
                call.on(told.listener, new AsyncEvent(this, told.request, told.response, fault));
            } catch (IOException | RuntimeException | Error e) {
                LOG.error("A listener of an asynchronous request failed: {}", told.listener, e);
            }
        }
    }
}

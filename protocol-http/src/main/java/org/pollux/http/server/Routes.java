package org.pollux.http.server;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pollux.http.ErrorBody;
import org.pollux.http.ErrorPage;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;

/**
 * The handlers, filters and error pages that are there, by path. They come and go while requests run: each change makes a
 * new table, and a request sees one table. From any thread.
 */
public final class Routes {

    /** Somebody's handler, filter or error page on its paths, until it is closed. */
    public final class Registration implements AutoCloseable {

        private final Runnable removal;

        private Registration(Runnable removal) {
            this.removal = removal;
        }

        /** Takes it away. Requests that it has are answered; nothing here knows it any more. */
        @Override
        public void close() {
            synchronized (Routes.this) {
                removal.run();
                rebuild();
            }
        }
    }

    /** Something with its precedence, which the list of it is sorted by; the same only as itself. */
    private static final class Ranked<T> {

        private final T value;
        private final Precedence precedence;

        Ranked(T value, Precedence precedence) {
            this.value = value;
            this.precedence = precedence;
        }

        T value() {
            return value;
        }

        Precedence precedence() {
            return precedence;
        }
    }

    private final List<Ranked<Routing.Handler>> handlers = new ArrayList<>();
    private final List<Ranked<Routing.Filter>> filters = new ArrayList<>();
    private final List<Ranked<ErrorPages.Page>> errorPages = new ArrayList<>();
    private long added;
    private volatile Routing routing = new Routing(List.of(), List.of());
    private volatile ErrorPages pages = new ErrorPages(List.of());

    /**
     * Adds a handler for GET and HEAD.
     *
     * @param paths as {@link org.pollux.http.Path} describes them
     * @throws IllegalArgumentException when a path is not so, with the remedy
     */
    public synchronized Registration add(HttpHandler handler, String... paths) {
        return add(handler, Mount.at(paths));
    }

    /** Adds a handler. */
    public synchronized Registration add(HttpHandler handler, Mount mount) {
        return add(handler, mount, new Precedence(0, added++));
    }

    /** Adds a filter behind those that are there. */
    public synchronized Registration add(HttpFilter filter, Mount mount) {
        return add(filter, mount, new Precedence(0, added++));
    }

    /**
     * Adds an error page behind those that are there.
     *
     * @param mount no paths stand for all; methods and blocking mean nothing here
     * @param statuses 400 to 599; none stands for all
     */
    public synchronized Registration addErrorPage(ErrorPage page, Mount mount, int... statuses) {
        Set<Integer> set = IntStream.of(statuses).boxed().collect(Collectors.toUnmodifiableSet());
        return addErrorPage(new ErrorPages.Page(page, mount, set), new Precedence(0, added++));
    }

    synchronized Registration add(HttpHandler handler, Mount mount, Precedence precedence) {
        return add(handlers, new Routing.Handler(handler, mount, new AtomicBoolean(mount.blocks())), precedence);
    }

    synchronized Registration add(HttpFilter filter, Mount mount, Precedence precedence) {
        return add(filters, new Routing.Filter(filter, mount), precedence);
    }

    synchronized Registration addErrorPage(ErrorPages.Page page, Precedence precedence) {
        return add(errorPages, page, precedence);
    }

    private <T> Registration add(List<Ranked<T>> all, T value, Precedence precedence) {
        Ranked<T> ranked = new Ranked<>(value, precedence);
        all.add(ranked);
        all.sort(Comparator.comparing(Ranked::precedence));
        rebuild();
        return new Registration(() -> all.remove(ranked));
    }

    private void rebuild() {
        routing = new Routing(
                handlers.stream().map(Ranked::value).toList(),
                filters.stream().map(Ranked::value).toList());
        pages = new ErrorPages(errorPages.stream().map(Ranked::value).toList());
    }

    /** Who answers the request whose head is at the buffer's position; the server itself when no handler does. */
    Route find(HeadParser head, ByteBuffer in) {
        return routing.find(head, in);
    }

    /** Who answers a request that nobody could serve: 413, 417 or 501. */
    Route refusal(int status) {
        return routing.refusal(status);
    }

    /** On the connection's loop: something was refused before there was a request. */
    void tellRefused(SocketAddress remote, int status, long bytes) {
        routing.tellRefused(remote, status, bytes);
    }

    /** What is sent with the status of an error; from any thread. */
    ErrorBody errorBody(int status, Optional<Request> request) {
        return pages.body(status, request);
    }
}

package org.pollux.http.server.h1;

import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.limits.LimitKind;
import org.pollux.http.server.routing.CoveredHosts;
import org.pollux.http.server.routing.HeldRequest;
import org.pollux.http.server.routing.Route;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.routing.Routing;
import org.pollux.http.server.settings.ConnectionLimits;
import org.pollux.http.server.syntax.Method;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Handle;
import org.pollux.reactor.admin.WorkReport;

/**
 * The server's side of a connection: it reads heads, one after the other, and hands each request to its {@link
 * Http1Conversation}. The next head is read only when that exchange is over, and only while there is room for its response.
 *
 * <p>Pipelined bytes stay unread, and reading is paused as soon as there are some. So look-ahead is limited to one read,
 * waiting costs no system call, and a client that disconnects while it waits is noticed.
 */
public final class Http1Connection implements ConnectionHandler, WorkReport {

    /**
     * The time for which an idle connection still waits for a request when its server ends, because one may be on its way.
     */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Connection connection;
    private final Http1Loop loop;
    private final Http1Conversation conversation;
    private final OtherVersion other;

    /** Null when requests for all hosts are served. */
    private final @Nullable CoveredHosts hosts;

    /** The parser of a head that has arrived in part; null between heads. */
    private @Nullable HeadParser begun;

    /** The end of the {@link #GRACE}; null before a shutdown. */
    private @Nullable Handle grace;

    /** The request that waits for an absent handler or filter; null when no request waits. */
    private @Nullable HeldRequest held;

    private int requests;
    private boolean inputClosed;

    /**
     * Begins with an idle connection.
     *
     * @param other takes the connection when its client begins in the words of another version
     */
    public Http1Connection(Connection connection, Http1Loop loop, OtherVersion other) {
        this.connection = connection;
        this.loop = loop;
        this.other = other;
        this.conversation = new Http1Conversation(connection, loop);
        this.hosts = CoveredHosts.of(connection.tls().orElse(null));
    }

    @Override
    public void onOpen(Connection opened) {
        loop.enter();
        ConnectionLimits limits = loop.settings().connection();
        opened.idleTimeout(limits.idleTimeout());
        opened.watermarks(limits.outbound() / 4, limits.outbound());
    }

    @Override
    public String work() {
        return conversation.work();
    }

    // ---- incoming bytes

    @Override
    public void onData(Connection from, ByteBuffer in) {
        loop.enterCallback();
        try {
            take(in);
        } finally {
            loop.leaveCallback();
        }
    }

    private void take(ByteBuffer in) {
        boolean more = true;
        while (more && in.hasRemaining()) {
            more = conversation.isIdle() ? conversation.hasRoom() && parse(in) : conversation.takeBody(in);
        }
        boolean incomplete = conversation.isIdle() && conversation.hasRoom();
        if (in.hasRemaining() && !incomplete && !conversation.isClosed()) {
            conversation.pause();
        }
    }

    /** False when more bytes are needed. */
    private boolean parse(ByteBuffer in) {
        HeadParser parser = begun == null ? loop.parser() : begun;
        switch (parser.parse(in)) {
            case DONE -> {
                begun = null;
                conversation.headRead();
                int fault = faultOf(parser, in);
                Route route = route(in, parser, fault);
                if (route == null) {
                    conversation.pause();
                    return false;
                }
                serve(in, parser, fault, route);
            }
            case FAULT -> {
                if (requests == 0 && parser.fault() == 505 && other.takes(connection, in, conversation.isWindingUp())) {
                    begun = null;
                    conversation.headRead();
                    return false;
                }
                refuse(parser.fault(), parser);
            }
            default -> {
                begun = parser;
                loop.giveAway(parser);
                if (!parser.isIdle() && !conversation.awaitHead()) {
                    refuse(408, parser);
                }
                return false;
            }
        }
        return true;
    }

    /** The status with which a well-formed head is refused, because it cannot be served; 0 when it is accepted. */
    private int faultOf(HeadParser parser, ByteBuffer in) {
        if (hosts != null && hosts.isMisdirected(parser.layout(), in)) {
            return 421;
        }
        Framing framing = parser.framing();
        if (framing.hasUnknownCoding()) {
            return 501;
        }
        if (framing.hasUnknownExpectation(parser.minorVersion())) {
            return 417;
        }
        return framing.contentLength() > loop.settings().body().most() ? 413 : 0;
    }

    /** The route of the request; null when the request waits until an absent service returns or is given up. */
    private @Nullable Route route(ByteBuffer in, HeadParser parser, int fault) {
        RouteRegistry routes = loop.routes();
        while (true) {
            Routing seen = routes.current();
            Route route = fault == 0 ? seen.find(parser.layout(), in) : seen.refusal(fault);
            if (!route.isClosed(parser.layout(), in) || isWaitOver(routes)) {
                held = null;
                return route;
            }
            HeldRequest waits =
                    held == null ? new HeldRequest(conversation, conversation::lookAgain, loop.nanos()) : held;
            switch (routes.await(seen, waits)) {
                case WAITS -> {
                    held = waits;
                    return null;
                }
                case FULL -> {
                    held = null;
                    return route;
                }
                case CHANGED -> {}
            }
        }
    }

    private boolean isWaitOver(RouteRegistry routes) {
        return held != null && held.isOver(loop.nanos(), routes.handOver());
    }

    private void serve(ByteBuffer in, HeadParser parser, int fault, Route route) {
        requests++;
        if (fault != 0) {
            loop.counts().headRefused(fault, false);
            conversation.endAfterThis();
        } else if (!parser.framing().persists(parser.minorVersion())) {
            conversation.clientEndsAfterThis();
        } else if (requests >= loop.settings().connection().requests()) {
            loop.counts().met(LimitKind.REQUESTS);
            conversation.endAfterThis();
        }
        conversation.serve(route, in, parser);
    }

    private void refuse(int status, HeadParser parser) {
        conversation.refuse(status, parser.layout().method() == Method.HEAD, parser.hasTooManyFields());
    }

    @Override
    public void onDrained(Connection from) {
        loop.enterCallback();
        try {
            conversation.drained();
        } finally {
            loop.leaveCallback();
        }
    }

    // ---- time and ends

    @Override
    public void onTimeout(Connection from) {
        loop.enter();
        boolean forgotten = conversation.isResponding() && inputClosed; // by a handler that never responds
        HeadParser head = begun;
        if (held != null) {
            held.expire();
        } else if (head != null && !head.isIdle() && conversation.isIdle()) {
            refuse(408, head);
        } else if (conversation.isAwaiting()) {
            conversation.bodyTimedOut();
        } else if (forgotten || connection.pending() > 0) {
            if (connection.pending() > 0) {
                loop.counts().met(LimitKind.RESPONSE_IDLE);
            }
            conversation.abort(new SocketTimeoutException("The client does not take its response"));
        } else if (conversation.isIdle()) {
            loop.counts().met(LimitKind.IDLE);
            conversation.end();
        }
    }

    @Override
    public void onInputClosed(Connection from) {
        loop.enter();
        inputClosed = true;
        conversation.inputClosed();
    }

    @Override
    public void onShutdown(Connection from) {
        loop.enterCallback();
        conversation.windUp();
        loop.leaveCallback();
        if (isWaiting()) {
            grace = connection.reactor().after(GRACE, _ -> endIfWaiting());
        }
    }

    private void endIfWaiting() {
        if (isWaiting()) {
            conversation.end();
        }
    }

    /** Whether nothing of another request has arrived. */
    private boolean isWaiting() {
        return held == null
                && conversation.isIdle()
                && (conversation.hasRoom() ? begun == null || begun.isIdle() : !conversation.isPaused());
    }

    @Override
    public void onClosed(Connection from, @Nullable Throwable cause) {
        conversation.onLoop(() -> closed(cause)); // a thread that has lost the loop also calls this
    }

    private void closed(@Nullable Throwable cause) {
        if (grace != null) {
            grace.close();
        }
        if (held != null) {
            loop.routes().forget(held);
        }
        conversation.lost(cause);
    }
}

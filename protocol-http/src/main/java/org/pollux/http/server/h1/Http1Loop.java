package org.pollux.http.server.h1;

import org.pollux.http.server.exchange.ExchangeLoop;
import org.pollux.http.server.exchange.SlowReaders;
import org.pollux.http.server.exchange.Time;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;

/**
 * The objects that the HTTP/1.1 connections of one event loop share, one callback after the other. For that loop's thread.
 */
public final class Http1Loop {

    private final ExchangeLoop exchanges;
    private final RouteRegistry routes;
    private final SlowReaders slowReaders;
    private ResponseWriter writer;
    private HeadParser parser;
    private Thread thread = Thread.currentThread();

    public Http1Loop(ExchangeLoop exchanges, RouteRegistry routes) {
        this.exchanges = exchanges;
        this.routes = routes;
        this.writer = new ResponseWriter(settings(), time());
        this.parser = new HeadParser(settings().head());
        this.slowReaders = new SlowReaders(settings().body(), counts());
    }

    ExchangeLoop exchanges() {
        return exchanges;
    }

    HttpSettings settings() {
        return exchanges.settings();
    }

    RouteRegistry routes() {
        return routes;
    }

    LimitCounts counts() {
        return exchanges.counts();
    }

    private Time time() {
        return exchanges.time();
    }

    long nanos() {
        return time().nanos();
    }

    SlowReaders slowReaders() {
        return slowReaders;
    }

    /**
     * Like {@link ExchangeLoop#enter}: creates the objects that are lent to one callback after the other again for a new
     * thread.
     */
    void enter() {
        boolean _ = exchanges.enter();
        if (thread != Thread.currentThread()) {
            thread = Thread.currentThread();
            parser = new HeadParser(settings().head());
            writer = new ResponseWriter(settings(), time());
        }
    }

    /** A callback of a connection begins. */
    void enterCallback() {
        enter();
        exchanges.enterCallback();
        writer.enterCallback();
    }

    void leaveCallback() {
        if (thread == Thread.currentThread()) { // otherwise the loop has another thread, which owns the writer
            writer.leaveCallback();
        }
    }

    ResponseWriter writer() {
        return writer;
    }

    /** The parser for a new head. Nearly all heads arrive complete and need no parser of their own. */
    HeadParser parser() {
        parser.reset();
        return parser;
    }

    /** A head that has arrived in part keeps the parser until the rest arrives. */
    void giveAway(HeadParser begun) {
        if (begun == parser) {
            parser = new HeadParser(settings().head());
        }
    }
}

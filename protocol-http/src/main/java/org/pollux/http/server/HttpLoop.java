package org.pollux.http.server;

/** What the connections of one event loop share, one callback after the other. For that loop's thread. */
final class HttpLoop {

    private final HttpSettings settings;
    private final Routes routes;
    private final Time time;
    private final ResponseWriter writer;
    private Answer spare = new Answer();

    HttpLoop(HttpSettings settings, Routes routes, Time time) {
        this.settings = settings;
        this.routes = routes;
        this.time = time;
        this.writer = new ResponseWriter(settings, time);
    }

    HttpSettings settings() {
        return settings;
    }

    Routes routes() {
        return routes;
    }

    ResponseWriter writer() {
        return writer;
    }

    long nanos() {
        return time.nanos();
    }

    /** The pair of request and answer that every request uses whose handler answers in its call. */
    Answer spare() {
        return spare;
    }

    /** An answer that is given later stays with its handler, who may hold it for ever: it is never used again. */
    void giveAway(Answer answer) {
        if (answer == spare) {
            spare = new Answer();
        }
    }
}

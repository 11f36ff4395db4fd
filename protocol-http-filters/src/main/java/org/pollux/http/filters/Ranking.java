package org.pollux.http.filters;

/** The order of these filters among each other; others, without a ranking, come behind them. */
final class Ranking {

    static final int FORWARDED = 4000;
    static final int REQUEST_ID = 3000;
    static final int ACCESS_LOG = 2000;
    static final int GZIP = 1000;

    private Ranking() {}
}

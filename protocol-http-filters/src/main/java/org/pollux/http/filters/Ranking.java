package org.pollux.http.filters;

/** The order of these filters. Filters without a ranking come after them. */
final class Ranking {

    static final int FORWARDED = 4000;
    static final int STRICT_TRANSPORT = 3500;
    static final int REQUEST_ID = 3000;
    static final int ACCESS_LOG = 2000;
    static final int HTTPS = 1500;
    static final int SECURITY_HEADERS = 1450;

    /** Before authentication, because a preflight has no credentials. */
    static final int CORS = 1400;

    static final int BASIC = 1300;
    static final int BEARER = 1200;
    static final int GZIP = 1000;

    private Ranking() {}
}

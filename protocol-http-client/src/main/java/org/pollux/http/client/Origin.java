package org.pollux.http.client;

/** The host and port to which a connection leads. */
record Origin(String host, int port) {

    static Origin of(Url url) {
        return new Origin(url.host(), url.port());
    }

    // a record's own methods would do the same, but each start of a downloader would have to make them with method
    // handles

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin that && port == that.port && host.equals(that.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}

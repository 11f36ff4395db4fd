package org.pollux.http.client;

/** Where a connection leads. */
record Origin(String host, int port) {

    static Origin of(Url url) {
        return new Origin(url.host(), url.port());
    }

    // a record's own would do the same, but have to be made by method handles in each start of a downloader

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

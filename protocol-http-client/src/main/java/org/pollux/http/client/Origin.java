package org.pollux.http.client;

/** The scheme, host and port to which a connection leads. */
record Origin(String scheme, String host, int port) {

    static Origin of(Url url) {
        return new Origin(url.scheme(), url.host(), url.port());
    }

    /** The host as a certificate names it: without the interface, which has a meaning on this machine only. */
    String address() {
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }

    // a record's own methods would do the same, but each start of a downloader would have to make them with method
    // handles

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin that
                && port == that.port
                && host.equals(that.host)
                && scheme.equals(that.scheme);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * scheme.hashCode() + host.hashCode()) + port;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}

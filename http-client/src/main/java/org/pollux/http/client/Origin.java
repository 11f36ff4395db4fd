package org.pollux.http.client;

/** Where a connection leads. */
record Origin(String host, int port) {

    static Origin of(Url url) {
        return new Origin(url.host(), url.port());
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}

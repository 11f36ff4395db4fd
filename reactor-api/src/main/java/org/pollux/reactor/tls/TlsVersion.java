package org.pollux.reactor.tls;

/** The versions of TLS that Pollux speaks, the older first. Those before 1.2 are forbidden (RFC 8996). */
public enum TlsVersion {
    /** RFC 5246. */
    TLS_1_2("TLSv1.2"),
    /** RFC 8446. */
    TLS_1_3("TLSv1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    /** As OpenSSL and the JDK write it: {@code "TLSv1.3"}. */
    @Override
    public String toString() {
        return text;
    }
}

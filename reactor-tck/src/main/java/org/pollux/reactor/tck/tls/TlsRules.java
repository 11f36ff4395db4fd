package org.pollux.reactor.tck.tls;

/** A group of rules of a TLS engine, as tests. */
interface TlsRules {

    /** The equipment of the current test. It is new for each test. */
    TlsBench bench();
}

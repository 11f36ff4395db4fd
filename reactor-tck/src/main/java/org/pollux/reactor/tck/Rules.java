package org.pollux.reactor.tck;

/** A group of rules of the SPI, as tests. */
interface Rules {

    /** The equipment of the current test. It is new for each test and cleared afterwards. */
    Bench bench();
}

package org.pollux.reactor.tck;

/** A group of rules of the SPI, as tests. */
interface Rules {

    /** What the present test works with; it is new for each test and cleared afterwards. */
    Bench bench();
}

package org.pollux.reactor.tck;

/** A group of the cases of {@link SwapContract}, as tests. */
interface SwapRules {

    /** What the present test works with; it is new for each test and cleared afterwards. */
    SwapBench bench();
}

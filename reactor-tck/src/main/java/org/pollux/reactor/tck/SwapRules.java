package org.pollux.reactor.tck;

/** A group of the cases of {@link SwapContract}, as tests. */
interface SwapRules {

    /** The equipment of the current test. It is new for each test and cleared afterwards. */
    SwapBench bench();
}

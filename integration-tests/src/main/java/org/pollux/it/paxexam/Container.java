package org.pollux.it.paxexam;

/** Where a test class's framework runs. */
public enum Container {

    /** In the JVM of the build's tests: quick, and a debugger needs nothing special. */
    NATIVE,

    /** In a JVM of its own, with the flags that {@code CoreOptions.vmOptions} gives it. */
    FORKED
}

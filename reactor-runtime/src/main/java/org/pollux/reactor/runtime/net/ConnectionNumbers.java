package org.pollux.reactor.runtime.net;

/**
 * Where the numbers of connections begin. When the bundle of the runtime is replaced, the next version begins at another number,
 * so that no number is used twice in the life of the JVM.
 */
final class ConnectionNumbers {

    /** A property of the JVM: the versions of this class do not know each other. */
    private static final String VERSIONS = "org.pollux.reactor.runtime.versions";

    /** More connections than one version has. */
    private static final long EACH = 1_000_000_000_000L;

    private ConnectionNumbers() {}

    /** Called once for a version. */
    static long begin() {
        Object count = System.getProperties()
                .merge(VERSIONS, "1", (before, _) -> String.valueOf(Integer.parseInt(before.toString()) + 1));
        return (Integer.parseInt(count.toString()) - 1) * EACH;
    }
}

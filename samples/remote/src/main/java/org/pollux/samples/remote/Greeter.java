package org.pollux.samples.remote;

/** Greets. Parameters and results of a remote service are copied: keep them small, serializable, and of the JDK. From any thread. */
public interface Greeter {

    /**
     * A greeting, which names the node that made it.
     *
     * @throws org.osgi.framework.ServiceException when the greeter is on another machine that cannot be reached. It may have greeted
     *     all the same
     */
    String greet(String name);
}

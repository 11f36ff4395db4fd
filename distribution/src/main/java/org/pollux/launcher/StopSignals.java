package org.pollux.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM, SIGINT and SIGHUP: the first one asks for an orderly stop, the second one ends the process at once.
 *
 * <p>A shutdown hook would not do: with it the JVM ends with the status 143 although all went well, and a second Ctrl-C
 * does nothing. {@code sun.misc.Signal} is reached by reflection since javac warns of its name whatever one says.
 */
final class StopSignals {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    private final Runnable stop;
    private boolean asked;

    private StopSignals(Runnable stop) {
        this.stop = stop;
    }

    static void install(Runnable stop) {
        StopSignals signals = new StopSignals(stop);
        for (String name : new String[] {"TERM", "INT", "HUP"}) {
            try {
                signals.handle(name);
            } catch (ReflectiveOperationException e) {
                LOG.warn("SIG{} will end the server without draining: {}", name, Problems.reasons(e));
            }
        }
    }

    private void handle(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler callback = (self, method, arguments) -> {
            if (!method.getName().equals("handle")) {
                return method.invoke(this, arguments);
            }
            onSignal(name);
            return null;
        };
        Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, callback);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }

    /** Each signal has a thread of its own. */
    private synchronized void onSignal(String name) {
        if (asked) {
            Runtime.getRuntime().halt(130);
        }
        asked = true;
        LOG.info("SIG{}: stopping; once more ends at once", name);
        stop.run();
    }
}

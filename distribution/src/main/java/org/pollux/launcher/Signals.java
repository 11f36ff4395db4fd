package org.pollux.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT: the first one asks for an orderly stop, the second one ends the process at once. SIGHUP asks for a reload,
 * unless the terminal in which the server was started has been closed: then it also requests a stop. The JVM does not touch a
 * signal that was ignored when it started, so {@code nohup} works.
 *
 * <p>A shutdown hook would not suffice: the JVM would end with status 143 after a normal stop, and a second Ctrl-C would do
 * nothing. {@code sun.misc.Signal} is used by reflection because javac always warns about its name.
 */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private static final Path TERMINAL = Path.of("/dev/tty");

    private final Runnable stop;
    private final Runnable reload;
    private final boolean terminal = hasTerminal();
    private boolean asked;

    private Signals(Runnable stop, Runnable reload) {
        this.stop = stop;
        this.reload = reload;
    }

    /**
     * Handles the signals from now on.
     *
     * @param stop is called once
     * @param reload for each SIGHUP
     */
    static void install(Runnable stop, Runnable reload) {
        Signals signals = new Signals(stop, reload);
        for (String name : new String[] {"TERM", "INT", "HUP"}) {
            try {
                signals.handle(name);
            } catch (ReflectiveOperationException e) {
                LOG.warn("SIG{} ends the server at once, without draining: {}", name, Problems.reasons(e));
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
        if (name.equals("HUP") && !(terminal && !hasTerminal())) {
            reload.run();
            return;
        }
        if (asked) {
            Runtime.getRuntime().halt(130);
        }
        asked = true;
        LOG.info("SIG{}: stopping; a second signal ends at once", name);
        stop.run();
    }

    /** Whether the process has a terminal that it can reach: one that was closed cannot be opened. */
    private static boolean hasTerminal() {
        try (var _ = Files.newByteChannel(TERMINAL)) {
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}

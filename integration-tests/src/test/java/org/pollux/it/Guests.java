package org.pollux.it;

import java.util.List;
import org.osgi.framework.FrameworkUtil;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** What is in a {@link GuestBundle}: public, so that Declarative Services can make them. */
public final class Guests {

    static final List<Class<?>> ALL =
            List.of(Guard.class, Greeter.class, Stamp.class, Sleeper.class, Late.class, Guests.class);

    private Guests() {}

    static String version(Class<?> type) {
        return FrameworkUtil.getBundle(type).getVersion().toString();
    }

    /** Lets nobody pass. */
    public static final class Guard implements HttpFilter {

        /** For Declarative Services. */
        public Guard() {}

        @Override
        public void filter(Request request, Response response, HttpHandler next) {
            response.status(401).send("guarded");
        }
    }

    /** Greets with its version. */
    public static final class Greeter implements HttpHandler {

        /** For Declarative Services. */
        public Greeter() {}

        @Override
        public void handle(Request request, Response response) {
            response.send("hello " + version(Greeter.class));
        }
    }

    /** Puts its version on all that passes. */
    public static final class Stamp implements HttpFilter {

        /** For Declarative Services. */
        public Stamp() {}

        @Override
        public void filter(Request request, Response response, HttpHandler next) throws Exception {
            response.header("X-Stamp", version(Stamp.class));
            next.handle(request, response);
        }
    }

    /** Responds when it is woken, with a class that nothing else needs. */
    public static final class Sleeper implements HttpHandler {

        /** For Declarative Services. */
        public Sleeper() {}

        @Override
        public void handle(Request request, Response response) {
            Runnable waking = () -> response.send(Late.text());
            FrameworkUtil.getBundle(HttpHandler.class)
                    .getBundleContext()
                    .registerService(
                            Runnable.class, waking, FrameworkUtil.asDictionary(java.util.Map.of("wakes", "sleeper")));
        }
    }

    /** Is loaded late. */
    static final class Late {

        private Late() {}

        static String text() {
            return "at last";
        }
    }
}

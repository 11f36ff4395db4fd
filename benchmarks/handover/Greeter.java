package greeter;

import org.osgi.framework.FrameworkUtil;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Greets. */
public final class Greeter implements HttpHandler {

    @Override
    public void handle(Request request, Response response) {
        response.send("Hello from " + FrameworkUtil.getBundle(Greeter.class).getVersion());
    }
}

package guard;

import org.osgi.framework.FrameworkUtil;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Lets nobody pass: what is not refused with 401 has gone around it. */
public final class Guard implements HttpFilter {

    @Override
    public void filter(Request request, Response response, HttpHandler next) {
        response.status(401).send("guarded " + FrameworkUtil.getBundle(Guard.class).getVersion());
    }
}

package probe;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** A bundle with a servlet, which 'check' deploys into Karaf. */
public final class Probe implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        var pattern = FrameworkUtil.asDictionary(Map.of("osgi.http.whiteboard.servlet.pattern", "/probe"));
        context.registerService(Servlet.class, new Hello(), pattern);
    }

    @Override
    public void stop(BundleContext context) {}

    @SuppressWarnings("serial") // it is not stored
    private static final class Hello extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().println("Hello from a servlet");
        }
    }
}

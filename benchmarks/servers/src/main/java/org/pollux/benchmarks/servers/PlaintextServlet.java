package org.pollux.benchmarks.servers;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The same servlet for every container of the OSGi Servlet Whiteboard: this jar is its bundle. */
public final class PlaintextServlet extends HttpServlet implements BundleActivator {

    private static final long serialVersionUID = 1;

    @Override
    public void start(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.pattern", Answers.PLAINTEXT);
        context.registerService(Servlet.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = Answers.hello();
        response.setContentType(Answers.TEXT);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}

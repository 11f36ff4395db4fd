package org.pollux.samples.servlets;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.HttpService;
import org.osgi.service.http.NamespaceException;

/** A servlet and files that are registered by {@code org.osgi.service.http}, as before there was a whiteboard. */
@Component
public final class Registered extends HttpServlet {

    private static final String SERVLET = "/registered";
    private static final String FILES = "/registered/files";

    private final transient HttpService http;

    @Activate
    public Registered(@Reference HttpService http) throws ServletException, NamespaceException {
        this.http = http;
        http.registerServlet(SERVLET, this, null, null);
        http.registerResources(FILES, "/files", null);
    }

    @Deactivate
    void end() {
        http.unregister(SERVLET);
        http.unregister(FILES);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("Hello from HttpService");
    }
}

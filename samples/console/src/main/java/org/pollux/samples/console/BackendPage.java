package org.pollux.samples.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;

/**
 * The page "Pollux" of the Web Console: what polls, what is served, and a button for each other backend. The Web Console knows its
 * users; this page refuses requests that another site makes their browsers send.
 */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=pollux",
            ServletConstants.PLUGIN_TITLE + "=Pollux",
            ServletConstants.PLUGIN_CATEGORY + "=OSGi"
        })
public final class BackendPage extends AbstractServlet {

    private final transient Server server;

    @Activate
    public BackendPage(@Reference Server server) {
        this.server = server;
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServerStatus status = server.status();
        PrintWriter page = response.getWriter();
        page.println("<p class=\"statline\">" + text(status.backend()) + " polls on "
                + status.loops().size() + " loops</p>");
        if (request.getAttribute("swapped") instanceof String report) {
            page.println("<p class=\"ui-state-highlight\" style=\"padding:.6em\">" + text(report) + "</p>");
        }
        page.println(
                "<table class=\"nicetable\"><thead><tr><th>Backend</th><th>State</th><th></th></tr></thead><tbody>");
        status.backends().forEach(backend -> row(page, backend, status.backend()));
        page.println(
                "</tbody></table><table class=\"nicetable\"><thead><tr><th>Endpoint</th><th>Protocol</th><th>Connections</th></tr></thead>");
        status.endpoints().forEach(endpoint -> row(page, endpoint));
        page.println("</table>");
    }

    private static void row(PrintWriter page, BackendStatus backend, String present) {
        boolean offers = backend.state() != BackendStatus.State.MISSING
                && !backend.name().equals(present);
        page.println("<tr><td>" + text(backend.name()) + "</td><td>"
                + text(backend.state().toString()) + "</td><td>"
                + (offers
                        ? "<form method=\"post\"><button name=\"backend\" value=\"" + text(backend.name())
                                + "\">Swap to it</button></form>"
                        : "")
                + "</td></tr>");
    }

    private static void row(PrintWriter page, EndpointStatus endpoint) {
        page.println("<tr><td>" + text(endpoint.endpoint()) + "</td><td>" + text(endpoint.protocol()) + "</td><td>"
                + endpoint.connections() + "</td></tr>");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean isOwn = site == null
                ? origin == null || request.getRequestURL().toString().startsWith(origin + '/')
                : site.equals("same-origin");
        String backend = request.getParameter("backend");
        if (!isOwn || backend == null) {
            response.sendError(isOwn ? 400 : 403);
            return;
        }
        request.setAttribute("swapped", server.swap(backend).toString());
        try {
            doGet(request, response);
        } catch (ServletException e) {
            throw new IOException(e);
        }
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

package org.pollux.samples.servlets;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletErrorPage;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Sends 410, and is also the page of that error, for all servlets of its context. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/servlets/gone")
@HttpWhiteboardServletErrorPage(errorPage = "410")
public final class Gone extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) == null) {
            response.sendError(HttpServletResponse.SC_GONE, "it has moved");
            return;
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("gone, because " + request.getAttribute(RequestDispatcher.ERROR_MESSAGE));
    }
}

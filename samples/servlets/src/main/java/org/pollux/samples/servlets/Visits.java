package org.pollux.samples.servlets;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Counts the visits of each client in its session. The count goes on after an update of this bundle, because it is serializable. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/servlets/visits")
public final class Visits extends HttpServlet {

    private record Count(int visits) implements Serializable {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        Count before = session.getAttribute("count") instanceof Count count ? count : new Count(0);
        Count now = new Count(before.visits + 1);
        session.setAttribute("count", now);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("visit " + now.visits);
    }
}

package org.pollux.samples.servlets;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Shows how a request came: its protocol, and what TLS has negotiated. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/servlets/connection")
public final class Connection extends HttpServlet {

    private static final String PREFIX = "jakarta.servlet.request.";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .println(String.join(
                        " ",
                        request.getScheme(),
                        request.isSecure() ? "secure" : "plain",
                        request.getProtocol(),
                        request.getServletConnection().getProtocol(),
                        String.valueOf(request.getAttribute(PREFIX + "secure_protocol")),
                        String.valueOf(request.getAttribute(PREFIX + "cipher_suite")),
                        String.valueOf(request.getAttribute(PREFIX + "key_size"))));
    }
}

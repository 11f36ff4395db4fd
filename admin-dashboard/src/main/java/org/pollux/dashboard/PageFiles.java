package org.pollux.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** The page and its files, kept in memory. From any loop. */
final class PageFiles implements HttpHandler {

    private static final String PAGE = "index.html";

    private static final List<String> NAMES = List.of(
            PAGE, "style.css", "icon.svg", "main.js", "traffic.js", "tables.js", "curve.js", "figures.js", "table.js");

    /** The page loads and calls only what is of its own origin, has no inline script or style, and is in no frame of others. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, byte[]> contents = new HashMap<>();

    PageFiles() {
        NAMES.forEach(name -> contents.put(name, read(name)));
    }

    private static byte[] read(String name) {
        try (InputStream in = Objects.requireNonNull(PageFiles.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(Request request, Response response) {
        Guard.admit(request);
        Guard.protect(response);
        String asked = request.path().substring(request.path().lastIndexOf('/') + 1);
        String name = asked.isEmpty() || asked.equals("dashboard") ? PAGE : asked;
        byte[] content = contents.get(name);
        if (content == null) {
            response.sendError(404);
            return;
        }
        response.header("Content-Type", typeOf(name))
                .header("Content-Security-Policy", POLICY)
                .send(content);
    }

    private static String typeOf(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }
}

package org.pollux.dashboard;

import java.util.Optional;
import org.pollux.http.HttpException;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * Keeps pages of other sites from using the dashboard through a browser that can reach it.
 *
 * <ul>
 *   <li>The host must be an IP address or {@code localhost}. The name of a foreign page that suddenly resolves to this machine (DNS
 *       rebinding) is neither.
 *   <li>A change needs a field that a form or a link cannot send, so that a browser asks first and gets no permission; and what a
 *       browser says about the origin of the request must be this origin.
 * </ul>
 */
final class Guard {

    /** The field of a request that changes something; its value does not matter. */
    static final String FIELD = "Pollux-Dashboard";

    private Guard() {}

    /** Refuses a request under a foreign name. */
    static void admit(Request request) {
        String host = host(request);
        if (!host.matches("localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]")) {
            throw new HttpException(
                    403, "The dashboard is not served as '" + host + "': use localhost or an IP address");
        }
    }

    /** Refuses a request that a page of another origin may have made, and any under a foreign name. */
    static void admitChange(Request request) {
        admit(request);
        if (request.headers().first(FIELD).isEmpty()) {
            throw new HttpException(403, "A change needs the field " + FIELD);
        }
        Optional<String> origin = request.headers().first("Origin");
        String own = request.scheme() + "://" + request.authority();
        if (origin.isPresent() && !origin.get().equals(own)) {
            throw new HttpException(403, "The origin " + origin.get() + " is not " + own);
        }
        Optional<String> site = request.headers().first("Sec-Fetch-Site");
        if (site.isPresent() && !site.get().equals("same-origin")) {
            throw new HttpException(403, "The request comes from another site");
        }
    }

    private static String host(Request request) {
        return request.authority().replaceFirst(":\\d*$", "");
    }

    /** Fields that every response of the dashboard has. */
    static Response protect(Response response) {
        return response.header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}

package org.pollux.http.server.osgi;

import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.pollux.http.Cookies;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.SetCookie;

/**
 * Lets those pass who may administer the server: a client with the token, and any client of a Unix socket, whose permissions protect
 * it. Programs send {@code Authorization: Bearer TOKEN} (RFC 6750, section 2.1). A browser opens {@code /?token=TOKEN} once, and gets a
 * cookie that no other site can use. Health is told to everybody, because the programs that ask for it have no secrets.
 */
final class AccessFilter implements HttpFilter {

    private static final String COOKIE = "pollux-admin";
    private static final String BEARER = "Bearer ";
    private static final String OPEN = "/health/";

    /** Empty when there is none, and nobody has access by it. */
    private final Supplier<Optional<AccessToken>> token;

    AccessFilter(Supplier<Optional<AccessToken>> token) {
        this.token = token;
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        if (mayPass(request)) {
            next.handle(request, response);
        } else if (request.method().equals("GET")
                && matches(request.queryParameters().first("token"))) {
            response.header("Set-Cookie", cookie(request).toString()).header("Cache-Control", "no-store");
            response.sendRedirect(303, "/");
        } else {
            response.header("WWW-Authenticate", "Bearer realm=\"pollux\"").sendError(401);
        }
    }

    private boolean mayPass(Request request) {
        return request.path().startsWith(OPEN)
                || request.local() instanceof UnixDomainSocketAddress
                || matches(bearer(request))
                || matches(Cookies.of(request.headers()).first(COOKIE));
    }

    private boolean matches(Optional<String> given) {
        Optional<AccessToken> present = token.get();
        return present.isPresent() && given.isPresent() && present.get().matches(given.get());
    }

    private static Optional<String> bearer(Request request) {
        return request.headers()
                .first("Authorization")
                .filter(field -> field.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(field -> field.substring(BEARER.length()).strip());
    }

    private SetCookie cookie(Request request) {
        SetCookie made = SetCookie.of(COOKIE, token.get().map(AccessToken::text).orElse(""))
                .path("/")
                .httpOnly()
                .sameSite(SetCookie.SameSite.STRICT);
        return request.scheme().equals("https") ? made.secure() : made;
    }
}

package org.pollux.servlet.exchange;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Cookies;
import org.pollux.http.Request;
import org.pollux.servlet.sessions.Session;
import org.pollux.servlet.sessions.SessionSettings;
import org.pollux.servlet.sessions.Sessions;

/** The session of one request, and the cookie by which its client returns to it. */
final class RequestSession {

    private final Sessions sessions;
    private final Request request;
    private final OutgoingResponse response;
    private final String path;
    private @Nullable Session session;
    private boolean isLookedUp;
    private @Nullable Session returned; // to which the client has returned

    RequestSession(Sessions sessions, Request request, OutgoingResponse response, String contextPath) {
        this.sessions = sessions;
        this.request = request;
        this.response = response;
        path = contextPath.isEmpty() ? "/" : contextPath;
    }

    Optional<String> requested() {
        return Cookies.of(request.headers()).first(sessions.settings().cookie());
    }

    boolean isRequestedValid() {
        lookUp();
        return returned != null && !returned.isOver();
    }

    private void lookUp() {
        if (!isLookedUp) {
            isLookedUp = true;
            returned = requested().flatMap(sessions::find).orElse(null);
            session = returned;
        }
    }

    @Nullable
    Session of(boolean create) {
        lookUp();
        if (session != null && session.isOver()) {
            session = null;
        }
        if (session == null && create) {
            if (response.isCommitted()) {
                throw new IllegalStateException(
                        "The response was begun, so its client cannot get the cookie of a new session: call getSession before");
            }
            session = sessions.create();
            addCookie(session);
        }
        return session;
    }

    String rename() {
        Session now = of(false);
        if (now == null) {
            throw new IllegalStateException("The request has no session");
        }
        sessions.rename(now);
        addCookie(now);
        return now.getId();
    }

    private void addCookie(Session of) {
        SessionSettings settings = sessions.settings();
        boolean secure = request.scheme().equals("https") || settings.sameSite().equals("None");
        response.sessionCookie(settings.cookie() + '=' + of.getId() + "; Path=" + path + (secure ? "; Secure" : "")
                + "; HttpOnly; SameSite=" + settings.sameSite());
    }
}

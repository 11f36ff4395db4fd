package org.pollux.servlet.sessions;

/** There is a session for as many clients as are allowed. The response is 503. */
public final class TooManySessions extends IllegalStateException {

    private static final long serialVersionUID = 1;

    TooManySessions(int limit) {
        super("There are " + limit + " sessions, and clients use all of them: raise sessions of pollux.http.servlet");
    }
}

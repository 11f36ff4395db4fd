package org.pollux.http.client.exchange;

import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpProxy;

/** Says why a proxy does not pass a request on. Its user and password are in no message. */
public final class ProxyFailures {

    private static final int WANTS_AUTHENTICATION = 407;

    private ProxyFailures() {}

    /** Whether that status is about the proxy itself, and not a response to the request. */
    static boolean isOfProxy(int status) {
        return status == WANTS_AUTHENTICATION;
    }

    /** The failure when a proxy responds with that status. */
    public static HttpFailure refused(HttpProxy proxy, Origin origin, int status, String reason) {
        String said = (status + " " + reason).strip();
        if (!isOfProxy(status)) {
            return failure("the proxy " + proxy + " does not lead to " + origin + ": " + said);
        }
        return failure(
                proxy.credentials().isPresent()
                        ? "the proxy " + proxy + " does not accept its user and password: " + said
                        : "the proxy " + proxy + " wants a user and a password: " + said
                                + "; write http://USER:PASSWORD@" + proxy);
    }

    private static HttpFailure failure(String message) {
        return new HttpFailure(Reason.PROXY, message);
    }
}

package org.pollux.http.client.exchange;

import org.pollux.http.Headers;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpRequest;

/** The statuses that are valid only for a request that asked for them. */
final class Unasked {

    private Unasked() {}

    /**
     * Accepts a response that fits the request.
     *
     * @throws HttpFailure when the response does not fit
     */
    static void refuse(HttpRequest request, int status, Headers fields) throws HttpFailure {
        switch (status) {
            case 101 -> throw unasked("the server switches to another protocol", "which was not asked for");
            case 206 -> part(request, fields);
            case 226 -> require(request.hasHeader("A-IM"), "226 IM Used: a change of it, not the whole", "A-IM");
            case 304 ->
                require(
                        request.hasHeader("If-None-Match") || request.hasHeader("If-Modified-Since"),
                        "304 Not Modified",
                        "If-None-Match or If-Modified-Since");
            default -> {}
        }
    }

    /** RFC 9110, section 15.3.7. */
    private static void part(HttpRequest request, Headers fields) throws HttpFailure {
        require(request.hasHeader("Range"), "206 Partial Content: a part of it, not the whole", "Range");
        boolean several = fields.first("Content-Type")
                .filter(type -> type.regionMatches(true, 0, "multipart/byteranges", 0, 20))
                .isPresent();
        if (!several && fields.first("Content-Range").isEmpty()) {
            throw new HttpFailure(
                    Reason.MALFORMED, "206 Partial Content does not say which part it is: there is no Content-Range");
        }
    }

    private static void require(boolean asked, String what, String field) throws HttpFailure {
        if (!asked) {
            throw unasked(what, "but the request has no " + field);
        }
    }

    private static HttpFailure unasked(String what, String why) {
        return new HttpFailure(Reason.UNASKED, what + ", " + why);
    }
}

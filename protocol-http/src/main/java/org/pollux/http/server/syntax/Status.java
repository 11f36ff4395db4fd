package org.pollux.http.server.syntax;

/** Status codes (RFC 9110, section 15; RFC 6585). */
public final class Status {

    public static final int SWITCHING = 101;
    public static final int FIRST = 200;
    public static final int LAST = 599;

    private Status() {}

    /** Whether the code is valid and ends an exchange. */
    public static boolean isFinal(int code) {
        return code >= FIRST && code <= LAST;
    }

    /**
     * Whether a handler may send the code in an interim response. The server itself sends 100, when the body is read, and
     * 101, when the protocol changes.
     */
    public static boolean isInterim(int code) {
        return code >= 102 && code < FIRST;
    }

    public static boolean allowsBody(int code) {
        return code != 204 && code != 205 && code != 304;
    }

    /**
     * Whether a response may have a length. 204 must not have one (RFC 9110, section 8.6), and in 304 it would be the
     * length of content that is not sent.
     */
    public static boolean allowsLength(int code) {
        return code != 204 && code != 304;
    }

    public static String reason(int code) {
        return switch (code) {
            case 100 -> "Continue";
            case 102 -> "Processing";
            case 103 -> "Early Hints";
            case 104 -> "Upload Resumption Supported";
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 203 -> "Non-Authoritative Information";
            case 204 -> "No Content";
            case 205 -> "Reset Content";
            case 206 -> "Partial Content";
            case 300 -> "Multiple Choices";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 307 -> "Temporary Redirect";
            case 308 -> "Permanent Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 407 -> "Proxy Authentication Required";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 417 -> "Expectation Failed";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 426 -> "Upgrade Required";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            case 511 -> "Network Authentication Required";
            default -> "";
        };
    }
}

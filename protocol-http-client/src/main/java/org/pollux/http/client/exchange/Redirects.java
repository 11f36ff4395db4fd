package org.pollux.http.client.exchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpRequestBody;
import org.pollux.http.client.Url;

/** Follows the redirects of one exchange from URL to URL (RFC 9110, section 15.4). */
final class Redirects {

    private final List<HttpRequest> asked = new ArrayList<>(1);

    /** Whether one may lead from https to http. */
    private final boolean mayBePlain;

    Redirects(HttpRequest first, boolean mayBePlain) {
        this.mayBePlain = mayBePlain;
        asked.add(first);
    }

    HttpRequest current() {
        return asked.getLast();
    }

    /**
     * Returns the request that replaces the current one, and makes it the current one; empty when the response is final.
     *
     * @throws HttpFailure when the redirect has no valid URL, leads in a circle or to http, or is one too many
     */
    Optional<HttpRequest> follow(int status, Headers headers) throws HttpFailure {
        HttpRequest now = current();
        boolean follows = isRedirect(status) && now.redirects() > 0;
        Optional<String> location = follows ? headers.first("Location") : Optional.empty();
        if (location.isEmpty()) {
            return Optional.empty();
        }
        HttpRequest next = redirected(now, status, target(now.url(), location.get()));
        if (!mayBePlain
                && now.url().scheme().equals("https")
                && !next.url().scheme().equals("https")) {
            throw new HttpFailure(
                    Reason.REDIRECT, "redirected from https to " + next.url() + ", which is not encrypted");
        }
        boolean loop = asked.stream()
                .anyMatch(before ->
                        before.url().equals(next.url()) && before.method().equals(next.method()));
        asked.add(next);
        if (loop) {
            throw new HttpFailure(Reason.REDIRECT, "redirect loop: " + way());
        }
        if (asked.size() - 1 > now.redirects()) {
            throw new HttpFailure(
                    Reason.REDIRECT,
                    "too many redirects: more than " + now.redirects() + ", the last to " + next.url());
        }
        return Optional.of(next);
    }

    /** The server does not know {@code Expect}: the current request is replaced by one without. */
    void withoutExpectation() {
        HttpRequest now = asked.removeLast();
        asked.add(new HttpRequest(
                now.method(), now.url(), now.headers(), now.body(), now.timeout(), now.redirects(), false));
    }

    private String way() {
        return asked.stream().map(request -> request.url().toString()).collect(Collectors.joining(" -> "));
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** Each byte beyond ASCII in a {@code Location} is percent-encoded as it is, whatever its charset. */
    private static Url target(Url base, String location) throws HttpFailure {
        StringBuilder ascii = new StringBuilder(location.length());
        for (byte octet : location.getBytes(StandardCharsets.ISO_8859_1)) {
            ascii.append(octet < 0 ? String.format(Locale.ROOT, "%%%02X", octet & 0xFF) : String.valueOf((char) octet));
        }
        try {
            return base.resolve(ascii.toString());
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(Reason.REDIRECT, "the redirect target is not a URL: " + e.getMessage(), e);
        }
    }

    /** A POST becomes a GET, as in all clients, unless the status is 307 or 308. */
    private static HttpRequest redirected(HttpRequest request, int status, Url url) {
        boolean toGet = (status == 303 && !request.method().equals("HEAD"))
                || ((status == 301 || status == 302) && request.method().equals("POST"));
        boolean elsewhere = !Origin.of(url).equals(Origin.of(request.url()));
        List<Header> headers = request.headers().stream()
                .filter(header -> !(elsewhere && header.isCredential()) && !(toGet && isOfBody(header.name())))
                .toList();
        return new HttpRequest(
                toGet ? "GET" : request.method(),
                url,
                headers,
                toGet ? HttpRequestBody.none() : request.body(),
                request.timeout(),
                request.redirects(),
                request.expectContinue());
    }

    private static boolean isOfBody(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("content-");
    }

    /** The earlier URLs, for the failure message of the current one. */
    String origin() {
        return asked.size() == 1 ? "" : "redirected to " + current().url() + ": ";
    }
}

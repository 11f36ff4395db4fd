package org.pollux.http.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.RequestWrapper;

/** Requests by http are redirected to https, and others are served. */
@Timeout(60)
class HttpsFilterTest {

    private static final HttpHandler SERVED = (_, response) -> response.send("served");

    @Test
    void theTargetStaysAndThePortIsThatOfHttps() throws IOException {
        try (FilteredServer server = new FilteredServer(SERVED, new HttpsFilter(8443, 308))) {
            FilteredServer.Received received = server.ask("GET", "/a%20b?c=d");
            assertEquals(308, received.status());
            assertEquals("https://h:8443/a%20b?c=d", received.field("Location"));
            assertEquals("https://h:8443/a", server.ask("GET", "http://h:80/a").field("Location"));
        }
    }

    @Test
    void theUsualPortIsLeftOut() throws IOException {
        try (FilteredServer server = new FilteredServer(SERVED, new HttpsFilter(443, 307))) {
            FilteredServer.Received received = server.ask("POST", "/a");
            assertEquals(307, received.status());
            assertEquals("https://h/a", received.field("Location"));
        }
    }

    @Test
    void aRequestByHttpsIsServed() throws IOException {
        try (FilteredServer server = new FilteredServer(
                SERVED,
                (request, response, next) -> next.handle(new ByHttps(request), response),
                new HttpsFilter(443, 308))) {
            assertEquals("served", server.get().body());
        }
    }

    /** As behind a proxy, with the filter for that. */
    private static final class ByHttps extends RequestWrapper {

        ByHttps(Request request) {
            super(request);
        }

        @Override
        public String scheme() {
            return "https";
        }
    }
}

package org.pollux.http.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.HttpHandler;

/** Each request has one id, in it and in its response. */
@Timeout(60)
class RequestIdFilterTest {

    private static final String FIELD = RequestIdFilter.FIELD;

    /** Responds with the id in each of the ways in which it can be read. */
    private static final HttpHandler IDS = (request, response) -> {
        Headers headers = request.headers();
        List<String> all = StreamSupport.stream(headers.spliterator(), false)
                .filter(header -> header.name().equalsIgnoreCase(FIELD))
                .map(Header::value)
                .toList();
        assertEquals(headers.all("x-request-id"), all);
        assertEquals("h:80", headers.first("Host").orElseThrow());
        assertEquals(List.of("h:80"), headers.all("Host"));
        response.send(headers.first("x-request-id").orElse("none") + all.size());
    };

    private static FilteredServer.Received received(String... fields) throws IOException {
        try (FilteredServer server = new FilteredServer(IDS, new RequestIdFilter())) {
            return server.get(fields);
        }
    }

    @Test
    void anIdThatIsSaneIsTakenOver() throws Exception {
        for (String id : List.of("1", "a-b_c.d:e=f+g/h", "x".repeat(128))) {
            FilteredServer.Received received = received(FIELD + ": " + id);
            assertEquals(id, received.field(FIELD));
            assertEquals(id + 1, received.body());
        }
    }

    @Test
    void anyOtherIsReplaced() throws Exception {
        for (String id :
                List.of("", "a b", "\"", "a\\", "<x>", "$(x)", "a,b", "\u00FC", "x".repeat(129), "${jndi:x}")) {
            FilteredServer.Received received = received(FIELD + ": " + id);
            assertTrue(received.field(FIELD).matches("[0-9a-f]{32}"), id);
            assertEquals(received.field(FIELD) + 1, received.body());
        }
        FilteredServer.Received twice = received(FIELD + ": a", FIELD + ": b");
        assertTrue(twice.field(FIELD).matches("[0-9a-f]{32}"));
        assertEquals(twice.field(FIELD) + 1, twice.body());
    }

    @Test
    void oneIsMadeWhereThereIsNone() throws Exception {
        String one = received().field(FIELD);
        assertEquals(32, one.length());
        assertNotEquals(one, received().field(FIELD));
    }

    @Test
    void aHandlersOwnIdGivesWay() throws Exception {
        HttpHandler named = (_, response) ->
                response.header("x-request-id", "of the handler").send();
        try (FilteredServer server = new FilteredServer(named, new RequestIdFilter())) {
            assertEquals("mine", server.get(FIELD + ": mine").field(FIELD));
        }
    }

    @Test
    void responsesOfTheServersOwnHaveItToo() throws Exception {
        HttpHandler broken = (_, _) -> {
            throw new IOException("on purpose");
        };
        try (FilteredServer server = new FilteredServer(broken, new RequestIdFilter())) {
            FilteredServer.Received failed = server.get(FIELD + ": mine");
            assertEquals(500, failed.status());
            assertEquals("mine", failed.field(FIELD));
            assertEquals("mine", server.ask("GET", "/none", FIELD + ": mine").field(FIELD));
        }
    }
}

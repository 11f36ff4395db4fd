package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.server.routing.Precedence;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** Which filters see a request, in which order, and what is refused before there is one. The rest is in the contract. */
class FilterTest {

    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

    private final List<String> log = new ArrayList<>();
    private final HandServer server = new HandServer().withText("/x").withText("/admin/y");

    private HttpFilter tracing(String name) {
        return (request, response, next) -> {
            log.add(name);
            next.handle(request, response);
        };
    }

    private HttpFilter intercepting(ResponseInterceptor interceptor) {
        return (request, response, next) -> next.handle(request, response.intercept(interceptor));
    }

    private static String get(String path) {
        return GET.replace("/x", path);
    }

    // ---- which filters, and in which order

    @Test
    void theHigherRankingStandsInFrontAndAmongEqualsTheFirst() {
        server.routes.add(tracing("1"), Mount.at("/*"), new Precedence(0, 1));
        server.routes.add(tracing("2"), Mount.at("/*"), new Precedence(0, 2));
        server.routes.add(tracing("high"), Mount.at("/*"), new Precedence(9, 3));
        assertEquals(HandServer.ok("/x"), server.answer(GET));
        assertEquals(List.of("high", "1", "2"), log);
    }

    @Test
    void aFilterSeesWhatItsPathsMean() {
        server.with(Mount.at("/t/{id}/*").methods("*"), (_, response) -> response.send("t"));
        server.routes.add(tracing("all"), Mount.at("/*"));
        server.routes.add(tracing("exact"), Mount.at("/x"));
        server.routes.add(tracing("admin"), Mount.at("/admin").subpaths());
        server.routes.add(tracing("seven"), Mount.at("/t/7/*"));
        server.routes.add(tracing("post"), Mount.at("/*").methods("POST"));
        server.routes.add(tracing("host"), Mount.at("/*").hosts("H2"));
        seen("/x", "all", "exact");
        seen("/admin/y", "all", "admin");
        seen("/t/7/z", "all", "seven");
        seen("/t/8/z", "all");
        seen("/nothing", "all");
        seen("/admin/nothing", "all", "admin");
        log.clear();
        server.answer("POST /t/7 HTTP/1.1\r\nHost: h2:80\r\n\r\n");
        assertEquals(List.of("all", "seven", "post", "host"), log);
        log.clear();
        server.answer(get("/x").replace("GET", "POST") + get("*").replace("GET", "OPTIONS"));
        assertEquals(List.of("all", "exact", "post", "all"), log);
    }

    private void seen(String path, String... names) {
        log.clear();
        server.answer(get(path));
        assertEquals(List.of(names), log);
    }

    // ---- what is refused

    private HttpFilter hearing(String name) {
        return new HttpFilter() {
            @Override
            public void filter(Request request, Response response, HttpHandler next) throws Exception {
                log.add(name + " " + request.method());
                next.handle(request, response);
            }

            @Override
            public void onRefused(SocketAddress remote, int status, long bytes) {
                log.add(name + " " + status + " " + bytes + " " + remote);
            }
        };
    }

    @Test
    void theFiltersOfEverythingHearOfWhatIsNoRequest() {
        server.routes.add(hearing("first"), Mount.at("/x", "/*"));
        server.routes.add(hearing("path"), Mount.at("/x"));
        server.routes.add(hearing("method"), Mount.at("/*").methods("*"));
        server.routes.add(hearing("host"), Mount.at("/*").hosts("h"));
        server.routes.add(hearing("second"), Mount.at("/*"));
        HandConnection client = server.connect().receive("GET /x HTTP/1.1\r\n\r\n");
        assertEquals(HandServer.refusal(400), client.takeSent());
        String rest = " 400 16 " + client.remote();
        assertEquals(List.of("first" + rest, "second" + rest), log);
        log.clear();
        server.connect().receive("HEAD /x HTTP/2.0\r\nHost: h\r\n\r\n");
        assertEquals(List.of("first 505 0 " + client.remote(), "second 505 0 " + client.remote()), log);
        log.clear();
        server.connect().receive("GET ").timeOut();
        assertEquals("first 408 20 " + client.remote(), log.getFirst());
    }

    @Test
    void aRequestThatNobodyCouldServeIsARequestForFilters() {
        server.routes.add(hearing("f"), Mount.at("/*"));
        String head = "PUT /x HTTP/1.1\r\nHost: h\r\n";
        String next = "\r\n\r\nabc" + GET;
        assertEquals(HandServer.refusal(413), server.answer(head + "Content-Length: 99999999999" + next));
        assertEquals(HandServer.refusal(417), server.answer(head + "Expect: x" + next));
        assertEquals(HandServer.refusal(501), server.answer(head + "Transfer-Encoding: x, chunked" + next));
        assertEquals(List.of("f PUT", "f PUT", "f PUT"), log);
    }

    @Test
    void aFilterThatFailsInOnRefusedHarmsNobody() {
        server.routes.add(
                new HttpFilter() {
                    @Override
                    public void filter(Request request, Response response, HttpHandler next) {}

                    @Override
                    public void onRefused(SocketAddress remote, int status, long bytes) {
                        throw new IllegalStateException("on purpose");
                    }
                },
                Mount.at("/*"));
        server.routes.add(hearing("second"), Mount.at("/*"));
        assertEquals(HandServer.refusal(400), server.answer("GET /x HTTP/1.1\r\n\r\n"));
        assertEquals(1, log.size());
    }

    // ---- the head

    @Test
    void theServersOwnResponsesAreSeenToo() {
        server.with("/fails", (_, _) -> {
            throw new IllegalStateException("on purpose");
        });
        server.routes.add(intercepting(new Log()), Mount.at("/*"));
        server.answer(get("/nothing"));
        server.answer(get("/fails"));
        server.answer(get("/x").replace("GET", "BREW"));
        assertEquals(List.of("GET /nothing 404 14 whole", "GET /fails 500 26 whole", "BREW /x 501 20 whole"), log);
    }

    // ---- the end

    /** Writes an access log. */
    private final class Log implements ResponseInterceptor {
        @Override
        public void onEnd(Request request, int status, long bytes, @Nullable Throwable failure) {
            log.add(request.method() + " " + request.path() + " " + status + " " + bytes + " "
                    + (failure == null ? "whole" : failure.getMessage()));
        }
    }
}

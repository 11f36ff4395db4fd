package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpException;
import org.pollux.http.Parameters;
import org.pollux.http.Request;
import org.pollux.http.SetCookie;
import org.pollux.http.multipart.Multipart;
import org.pollux.http.multipart.MultipartHandler;
import org.pollux.http.multipart.MultipartLimits;
import org.pollux.http.multipart.PartHead;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.tck.seeds.SeededTests;

/** What a request says. */
interface RequestRules extends Rules {

    private static void isAsAsked(Request request) {
        assertEquals("PURGE", request.method());
        assertEquals("/%78/7/b%20c?q=1&r=%C3%BC", request.target());
        assertEquals("/x/7/b c", request.path());
        assertEquals("7", request.parameter("id"));
        assertEquals("b c", request.parameter("*"));
        assertThrows(IllegalArgumentException.class, () -> request.parameter("other"));
        assertEquals(Optional.of("q=1&r=%C3%BC"), request.query());
        assertEquals(Optional.of("\u00FC"), request.queryParameters().first("r"));
        assertEquals("http", request.scheme());
        assertEquals("h", request.authority());
        assertTrue(request.version().startsWith("HTTP/"));
        assertFalse(request.remote().toString().isEmpty());
        assertFalse(request.local().toString().isEmpty());
        assertEquals(Optional.of("1"), request.headers().first("a"));
        assertEquals(List.of("1", "\u00FC 2"), request.headers().all("A"));
        assertEquals(Optional.empty(), request.headers().first("B"));
        List<String> seen = new ArrayList<>();
        request.headers().forEach(field -> {
            if (field.name().equalsIgnoreCase("A") || field.name().equalsIgnoreCase("C")) {
                seen.add(field.value());
            }
        });
        assertEquals(List.of("1", "3", "\u00FC 2"), seen);
    }

    private Ask purge() {
        return new Ask("PURGE", "/%78/7/b%20c?q=1&r=%C3%BC", List.of(), Ask.NONE)
                .with("A", "1")
                .with("c", "3")
                .with("a", "\u00FC 2");
    }

    @Test
    default void isReadInTheCall() {
        wire().routes()
                .add(
                        (request, response) -> {
                            isAsAsked(request);
                            response.send("ok");
                        },
                        Mount.at("/x/{id}/*").methods("PURGE"));
        Rules.isWhole(200, "ok", ask(purge()));
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void isReadInALaterTurnAndByOtherThreads() throws Exception {
        List<Request> kept = new ArrayList<>();
        wire().routes()
                .add(
                        (request, response) -> {
                            kept.add(request);
                            Rules.elsewhere(() -> {
                                isAsAsked(request);
                                return true;
                            });
                            wire().execute(() -> {
                                isAsAsked(request);
                                response.send("ok");
                            });
                        },
                        Mount.at("/x/{id}/*").methods("PURGE"));
        Asked asked = wire().connect().ask(purge());
        Asked other = wire().connect().ask(Ask.get("/nothing/at/all/here").with("A", "other"));
        Rules.elsewhere(() -> {
            isAsAsked(kept.getFirst());
            return true;
        });
        wire().turn();
        Rules.isWhole(200, "ok", asked);
        Rules.isOwn(404, other);
    }

    @Test
    default void aQueryIsDecodedWhenItIsAskedFor() {
        serve((request, response) -> response.send(request.queryParameters() + " " + request.query()));
        Rules.isWhole(200, "[a=b c, d=] Optional[a=b+c&d]", ask(Ask.get("/x?a=b+c&d")));
        Rules.isWhole(200, "[] Optional.empty", ask(Ask.get("/x")));
        Rules.isWhole(200, "[] Optional[]", ask(Ask.get("/x?")));
    }

    @Test
    default void aQueryOfTooManyParametersIsA400() {
        serve((request, response) -> response.send(request.queryParameters().toString()));
        Rules.isOwn(400, ask(Ask.get("/x?" + "a&".repeat(Parameters.LIMIT + 1))));
    }

    @Test
    default void aFormIsReadFromItsBody() {
        serve((request, response) -> request.body()
                .readAll(
                        100,
                        body -> response.send(Parameters.ofForm(request, body)
                                .first("a")
                                .orElseThrow(() -> new HttpException(422, "a is missing")))));
        Ask form = Ask.post("/x", 7).with("Content-Type", "application/x-www-form-urlencoded");
        Asked asked = wire().connect().ask(form).send("a=b%").send("20c");
        wire().turn();
        Rules.isWhole(200, "b c", asked);
        Asked missing = wire().connect().ask(form).send("b=b%20c");
        wire().turn();
        Rules.isOwn(422, missing);
        Asked none = wire().connect().ask(Ask.post("/x", 3)).send("a=b");
        wire().turn();
        Rules.isOwn(415, none);
    }

    @Test
    default void aParameterOfAnotherTypeIsA400() {
        wire().routes()
                .add(
                        (request, response) -> response.send(request.parameter("id", Integer::parseInt)
                                + " "
                                + request.queryParameters().required("n", Integer::parseInt)),
                        "/n/{id}");
        Rules.isWhole(200, "7 8", ask(Ask.get("/n/7?n=8")));
        Rules.isWhole(400, "400 Bad Request\nThe parameter 'id' cannot be 'a'\n", ask(Ask.get("/n/a?n=8")));
        Rules.isWhole(400, "400 Bad Request\nThe parameter 'n' is missing\n", ask(Ask.get("/n/7")));
    }

    @Test
    default void cookiesAreReadAndSet() {
        serve((request, response) -> response.cookie(SetCookie.of(request, "c", "3"))
                .cookie(SetCookie.of("d", "4"))
                .send(request.cookies().all("a") + request.cookies().first("b").orElse("-")));
        Asked asked = ask(Ask.get("/x").with("Cookie", "a=1; b=2; a=3; \u00FC").with("Cookie", "a=4"));
        Rules.isWhole(200, "[1, 3, 4]2", asked);
        assertEquals(List.of("c=3; Path=/; HttpOnly; SameSite=Lax", "d=4"), asked.fields("Set-Cookie"));
    }

    @Test
    default void aRedirectToAPlaceThatAClientNamesStaysOnTheServer() {
        serve((request, response) -> response.sendLocalRedirect(
                303, request.queryParameters().first("to").orElseThrow()));
        for (String to : List.of("/", "/a%2520b?c=d", "/.//h/")) {
            Asked asked = ask(Ask.get("/x?to=" + to));
            Rules.isWhole(303, "", asked);
            assertEquals(List.of(to.replace("%25", "%")), asked.fields("Location"));
        }
        for (String to : List.of("//h/", "https://h/", "a", "", "/%5Ch/", "/%0D%0Aa:b", "javascript:a", "%5C/h")) {
            assertEquals(400, ask(Ask.get("/x?to=" + to)).status(), to);
        }
    }

    @Test
    default void aFormWithFilesComesInParts() {
        List<String> told = new ArrayList<>();
        serve((request, response) -> Multipart.read(request, MultipartLimits.defaults(), new MultipartHandler() {
            @Override
            public void onPart(PartHead part) {
                told.add(part.name() + part.fileName().orElse("-"));
            }

            @Override
            public void onData(ByteBuffer data) {
                told.add(told.removeLast() + StandardCharsets.UTF_8.decode(data));
            }

            @Override
            public void onEnd() {
                response.send(told.toString());
            }
        }));
        String form = "--b\r\nContent-Disposition: form-data; name=a; filename=f\r\n\r\n1\r\n2\r\n"
                + "--b\r\nContent-Disposition: form-data; name=b\r\n\r\n3\r\n--b--";
        Ask ask = Ask.post("/x").with("Content-Type", "multipart/form-data; boundary=b");
        Asked asked = wire().connect().ask(ask);
        for (int from = 0; from < form.length(); from += 50) {
            asked.send(form.substring(from, Math.min(from + 50, form.length())));
            wire().turn();
        }
        asked.end();
        wire().turn();
        Rules.isWhole(200, "[af1\r\n2, b-3]", asked);
        Asked cut = wire().connect().ask(ask).send("--b\r\n").end();
        wire().turn();
        Rules.isOwn(400, cut);
        Rules.isOwn(415, ask(Ask.post("/x", 0)));
    }

    @Test
    default void anAttributeGoesFromAFilterToTheHandlerAndIsGoneWithItsRequest() {
        record User(String name) {}
        List<String> seen = new ArrayList<>();
        wire().routes()
                .add(
                        (request, response, next) -> {
                            seen.add("filter " + request.attribute(User.class).isPresent());
                            if (request.headers().first("User").isPresent()) {
                                request.attribute(User.class, new User("nobody"));
                                request.attribute(User.class, new User("ada"));
                            }
                            next.handle(request, response);
                        },
                        Mount.at("/*"));
        serve((request, response) -> {
            seen.add("handler " + request.attribute(User.class).map(User::name));
            seen.add("other " + request.attribute(Integer.class));
            response.send();
        });
        Client client = wire().connect();
        client.ask(Ask.get("/x").with("User", "ada"));
        client.ask(Ask.get("/x"));
        wire().turn();
        assertEquals(
                List.of(
                        "filter false",
                        "handler Optional[ada]",
                        "other Optional.empty",
                        "filter false",
                        "handler Optional.empty",
                        "other Optional.empty"),
                seen);
    }
}

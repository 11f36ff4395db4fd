package org.pollux.http.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.Header;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.testkit.HandlerKit;
import org.pollux.http.testkit.Reply;

/** What browsers are told about pages of this and of other origins. */
@Timeout(60)
class BrowserFiltersTest {

    private static final String APP = "https://app.example.org";

    private final HandlerKit kit = new HandlerKit();

    @BeforeEach
    void serve() {
        kit.routes()
                .add(
                        (request, response) ->
                                response.header("X-Frame-Options", "SAMEORIGIN").send("ok"),
                        "/x");
    }

    private void cors(boolean credentials, String... origins) {
        CorsSettings settings = new CorsSettings(
                List.of(origins), List.of("PUT"), List.of("X-A"), List.of("ETag"), credentials, Duration.ofSeconds(9));
        kit.routes().add(new CorsFilter(settings), Mount.at("/*"));
    }

    private Reply ask(String method, String... fields) {
        var call = kit.call(method, "/x");
        for (int i = 0; i < fields.length; i += 2) {
            call.header(fields[i], fields[i + 1]);
        }
        return call.send();
    }

    private static String allowed(Reply reply) {
        return reply.header("Access-Control-Allow-Origin").orElse("-");
    }

    @Test
    void anAllowedOriginGetsItsNameAndOthersGetNone() {
        cors(true, APP, "http://localhost:3000");
        Reply reply = ask("GET", "Origin", APP);
        assertEquals("ok", reply.text());
        assertEquals(APP, allowed(reply));
        assertEquals(Optional.of("true"), reply.header("Access-Control-Allow-Credentials"));
        assertEquals(Optional.of("ETag"), reply.header("Access-Control-Expose-Headers"));
        assertEquals(Optional.of("Origin"), reply.header("Vary"));
        for (String other :
                List.of("https://example.org", "https://app.example.org.evil.org", "null", "http://app.example.org")) {
            Reply refused = ask("GET", "Origin", other);
            assertEquals("ok", refused.text());
            assertEquals("-", allowed(refused));
            assertEquals(Optional.empty(), refused.header("Access-Control-Allow-Credentials"));
            assertEquals(Optional.of("Origin"), refused.header("Vary"));
        }
        assertEquals(Optional.of("Origin"), ask("GET").header("Vary"));
        assertEquals(APP, allowed(kit.get("/nothing").header("Origin", APP).send()), "errors can be read");
    }

    @Test
    void aPreflightIsForTheFilter() {
        cors(false, APP);
        Reply reply = ask("OPTIONS", "Origin", APP, "Access-Control-Request-Method", "PUT");
        assertEquals(204, reply.status());
        assertEquals(APP, allowed(reply));
        assertEquals(Optional.of("PUT"), reply.header("Access-Control-Allow-Methods"));
        assertEquals(Optional.of("X-A"), reply.header("Access-Control-Allow-Headers"));
        assertEquals(Optional.of("9"), reply.header("Access-Control-Max-Age"));
        Reply refused = ask("OPTIONS", "Origin", "https://h", "Access-Control-Request-Method", "PUT");
        assertEquals(403, refused.status());
        assertEquals("-", allowed(refused));
        assertEquals(
                Optional.of("GET, HEAD, OPTIONS"), ask("OPTIONS", "Origin", APP).header("Allow"));
    }

    @Test
    void allOriginsGetAnAsterisk() {
        cors(false, "*");
        assertEquals("*", allowed(ask("GET", "Origin", "https://h")));
        assertEquals(Optional.empty(), ask("GET", "Origin", "https://h").header("Vary"));
        assertEquals("-", allowed(ask("GET")));
        assertThrows(IllegalArgumentException.class, () -> cors(true, "*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "https://h/",
                "https://*.h",
                "null",
                "https://h:",
                "https://a@h",
                "https://h:123456",
                "https://h:443", // browsers leave a default port out, and write a host in ASCII
                "http://h:80",
                "https://b\u00FCcher.example"
            })
    void whatIsNoOriginIsRefused(String origin) {
        assertThrows(IllegalArgumentException.class, () -> cors(false, origin));
        assertThrows(IllegalArgumentException.class, () -> cors(false, APP, origin));
        assertThrows(IllegalArgumentException.class, () -> cors(false, APP, "*"));
    }

    @Test
    void fieldsAreAddedUnlessTheHandlerHasSetThem() {
        kit.routes()
                .add(
                        new SecurityHeadersFilter(List.of(
                                new Header("X-Content-Type-Options", "nosniff"),
                                new Header("X-Frame-Options", "DENY"))),
                        Mount.at("/*"));
        Reply reply = ask("GET");
        assertEquals(Optional.of("nosniff"), reply.header("X-Content-Type-Options"));
        assertEquals(List.of("SAMEORIGIN"), reply.headers("X-Frame-Options"));
        assertEquals(Optional.of("DENY"), kit.get("/nothing").send().header("X-Frame-Options"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "DENY\r\nSet-Cookie: a=b", "DENY\n", "a\tb", "\u00E4", "\0"})
    void aValueThatWouldNotStayInItsFieldIsRefused(String value) {
        List<Header> fields = List.of(new Header("X-Frame-Options", value));
        assertThrows(IllegalArgumentException.class, () -> new SecurityHeadersFilter(fields));
        List<Header> names = List.of(new Header("A" + value + "B ", "c"));
        assertThrows(IllegalArgumentException.class, () -> new SecurityHeadersFilter(names));
    }

    @Test
    void aBadValueOfTheConfigurationIsToldWithItsKeyAndTheOnesBeforeStayInForce() throws Exception {
        SecurityHeadersComponent component = new SecurityHeadersComponent(headers("SAMEORIGIN"));
        component.configure(headers("DENY\r\nSet-Cookie: a=b"));
        assertEquals(
                List.of(
                        "pollux.http.headers: the previous values stay in force, because frameOptions ="
                                + " DENY??Set-Cookie: a=b cannot be the value of a field: use visible ASCII characters in one line"),
                component.get());
        component.configure(headers(" "));
        assertEquals(List.of(), component.get());
        assertThrows(IllegalArgumentException.class, () -> new SecurityHeadersComponent(headers("\n x \n y")));
    }

    private static SecurityHeadersConfiguration headers(String frameOptions) {
        return (SecurityHeadersConfiguration) Proxy.newProxyInstance(
                SecurityHeadersConfiguration.class.getClassLoader(),
                new Class<?>[] {SecurityHeadersConfiguration.class},
                (_, method, _) -> method.getName().equals("frameOptions") ? frameOptions : method.getDefaultValue());
    }
}

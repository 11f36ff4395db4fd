package org.pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies that came, and cookies that are set (RFC 6265). */
class CookiesTest {

    private static Cookies sent(String... lines) {
        return Cookies.of(new Headers() {
            @Override
            public Optional<String> first(String name) {
                throw new AssertionError();
            }

            @Override
            public List<String> all(String name) {
                return name.equals("Cookie") ? List.of(lines) : List.of();
            }

            @Override
            public Iterator<Header> iterator() {
                throw new AssertionError();
            }
        });
    }

    @Test
    void areFoundByTheirName() {
        Cookies cookies = sent("SID=31d4d96e407aad42; lang=en-US; SID=2");
        assertEquals(Optional.of("31d4d96e407aad42"), cookies.first("SID"));
        assertEquals(List.of("31d4d96e407aad42", "2"), cookies.all("SID"));
        assertEquals(Optional.of("en-US"), cookies.first("lang"));
        assertEquals(Optional.empty(), cookies.first("sid"));
        assertEquals(List.of(), sent().all("SID"));
    }

    /** HTTP/2 may send one line for each (RFC 9113, section 8.2.3). */
    @Test
    void mayComeInSeveralLines() {
        assertEquals(List.of("1", "2"), sent("a=1; b=3", "a=2").all("a"));
    }

    @Test
    void valuesAreAsTheyCame() {
        Cookies cookies = sent("a=\"x y\";b=c=d;\tc\t=\t%20 ;d=");
        assertEquals(Optional.of("\"x y\""), cookies.first("a"));
        assertEquals(Optional.of("c=d"), cookies.first("b"));
        assertEquals(Optional.of("%20"), cookies.first("c"));
        assertEquals(Optional.of(""), cookies.first("d"));
    }

    @Test
    void whatIsNoPairIsLeftOut() {
        Cookies cookies = sent(";; a ; =b;c=1;");
        assertEquals(Optional.empty(), cookies.first("a"));
        assertEquals(Optional.empty(), cookies.first(""));
        assertEquals(Optional.of("1"), cookies.first("c"));
    }

    // ---- Set-Cookie

    @Test
    void aCookieIsSetWithItsAttributes() {
        assertEquals("a=b", SetCookie.of("a", "b").toString());
        assertEquals("a=\"b\"", SetCookie.of("a", "\"b\"").toString());
        assertEquals("a=; Max-Age=0", SetCookie.expired("a").toString());
        assertEquals(
                "a=b; Max-Age=60; Path=/x y; Domain=example.org; Secure; HttpOnly; SameSite=Lax",
                SetCookie.of("a", "b")
                        .maxAge(Duration.ofMinutes(1))
                        .path("/x y")
                        .domain("example.org")
                        .secure()
                        .httpOnly()
                        .sameSite(SetCookie.SameSite.LAX)
                        .toString());
    }

    @Test
    void eachAttributeStandsOnce() {
        SetCookie cookie = SetCookie.of("Path", "Path").path("/").secure().httpOnly();
        assertEquals("Path=Path; Path=/; HttpOnly; Secure", cookie.secure().toString());
        assertEquals("Path=Path; Secure; HttpOnly; Path=/x", cookie.path("/x").toString());
    }

    @Test
    void aCookieOfARequestHasSafeAttributes() {
        assertEquals(
                "a=b; Path=/; HttpOnly; SameSite=Lax",
                SetCookie.of(by("http"), "a", "b").toString());
        assertEquals(
                "__Host-a=b; Path=/; HttpOnly; Secure; SameSite=Strict",
                SetCookie.of(by("https"), "__Host-a", "b")
                        .sameSite(SetCookie.SameSite.STRICT)
                        .toString());
    }

    private static Request by(String scheme) {
        return (Request) Proxy.newProxyInstance(
                CookiesTest.class.getClassLoader(), new Class<?>[] {Request.class}, (_, _, _) -> scheme);
    }

    @Test
    void aCookieThatIsTooLongIsRefused() {
        assertEquals(4097, SetCookie.of("a", "b".repeat(4095)).toString().length());
        assertThrows(IllegalArgumentException.class, () -> SetCookie.of("a", "b".repeat(4096)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a=", "a;", "a\r\n", "\u00FC", "a\"", "a,", "(a)"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> SetCookie.of(name, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a;b", "a,b", "a\\b", "a\"b", "\"", "\"a\"b\"", "a\r\nX: y", "\u0000", "\u007F", "\u00FC"
            })
    void aValueThatWouldEndEarlyIsRefused(String value) {
        assertThrows(IllegalArgumentException.class, () -> SetCookie.of("a", value));
    }

    @Test
    void anAttributeThatWouldBeTwoIsRefused() {
        SetCookie cookie = SetCookie.of("a", "b");
        for (String text : List.of("", "/; Secure", "/\r\nX: y", "x", "/\u00FC")) {
            assertThrows(IllegalArgumentException.class, () -> cookie.path(text));
        }
        for (String text : List.of("", "a; Secure", "a b", "a\r")) {
            assertThrows(IllegalArgumentException.class, () -> cookie.domain(text));
        }
        assertThrows(IllegalArgumentException.class, () -> cookie.maxAge(Duration.ofSeconds(-1)));
    }

    @Test
    void whatEveryClientWouldIgnoreIsRefused() {
        SetCookie none = SetCookie.of("a", "b").sameSite(SetCookie.SameSite.NONE);
        assertThrows(IllegalStateException.class, none::toString);
        assertEquals("a=b; SameSite=None; Secure", none.secure().toString());
        assertThrows(IllegalStateException.class, SetCookie.of("__Secure-a", "b")::toString);
        SetCookie host = SetCookie.of("__Host-a", "b").secure();
        assertThrows(IllegalStateException.class, host::toString);
        assertThrows(IllegalStateException.class, host.path("/x")::toString);
        assertThrows(IllegalStateException.class, host.path("/").domain("h")::toString);
        assertEquals("__Host-a=b; Secure; Path=/", host.path("/").toString());
    }
}

package org.pollux.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries and forms as the URL Standard decodes them. */
class ParametersTest {

    /** The cases are those of the URL Standard's own tests (urlencoded-parser), as far as they concern a text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "test | [test=]",
                "\uFEFFtest=\uFEFF | [\uFEFFtest=\uFEFF]",
                "%EF%BB%BFtest=%EF%BB%BF | [\uFEFFtest=\uFEFF]",
                "%FE%FF | [\uFFFD\uFFFD=]",
                "\u2020&\u2020=x | [\u2020=, \u2020=x]",
                "%C2 | [\uFFFD=]",
                "%C2x | [\uFFFDx=]",
                "_charset_=windows-1252&test=%C2x | [_charset_=windows-1252, test=\uFFFDx]",
                "\"\" | []",
                "a | [a=]",
                "a=b | [a=b]",
                "a= | [a=]",
                "=b | [=b]",
                "& | []",
                "&a | [a=]",
                "a& | [a=]",
                "a&a | [a=, a=]",
                "a&b&c | [a=, b=, c=]",
                "a=b&c=d& | [a=b, c=d]",
                "&&&a=b&&&&c=d& | [a=b, c=d]",
                "a=a&a=b&a=c | [a=a, a=b, a=c]",
                "a==a | [a==a]",
                "a=a+b+c+d | [a=a b c d]",
                "%=a | [%=a]",
                "%a=a | [%a=a]",
                "%a_=a | [%a_=a]",
                "%61=a | [a=a]",
                "%61+%4d%4D= | [a MM=]",
                "id=0&value=% | [id=0, value=%]",
                "b=%2sf%2a | [b=%2sf*]",
                "b=%2%2af%2a | [b=%2*f*]",
                "b=%%2a | [b=%*]",
                "a%2Bb=c%26d%3D | [a+b=c&d=]",
                "a\u00C3\u00BC | [a\u00FC=]",
            })
    void areDecodedAsTheUrlStandardSays(String encoded, String pairs) {
        assertEquals(pairs, Parameters.of(encoded).toString());
    }

    @Test
    void areFoundByTheirName() {
        Parameters parameters = Parameters.of("a=1&b=2&a=3&A=4");
        assertEquals(Optional.of("1"), parameters.first("a"));
        assertEquals(List.of("1", "3"), parameters.all("a"));
        assertEquals(Optional.empty(), parameters.first("c"));
        assertEquals(List.of(), parameters.all("c"));
        Iterator<?> all = parameters.iterator();
        all.next();
        assertThrows(UnsupportedOperationException.class, all::remove);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "%zz", "a=%FF", "a=%C3", "%C3%28=b", "a=%ED%A0%80"})
    void whatIsMalformedIsRefusedByWhoIsStrict(String encoded) {
        assertEquals(1, Parameters.of(encoded).toString().split(",").length);
        assertEquals(
                400,
                assertThrows(HttpException.class, () -> Parameters.strictly(encoded))
                        .status());
    }

    @Test
    void whatIsWellFormedIsReadAlikeByWhoIsStrict() {
        String encoded = "a=%C3%BC+x&b&=c";
        assertEquals(
                Parameters.of(encoded).toString(), Parameters.strictly(encoded).toString());
    }

    @Test
    void theirNumberIsLimited() {
        assertEquals("", Parameters.of("a&".repeat(1_000)).first("a").orElseThrow());
        assertEquals(
                400,
                assertThrows(HttpException.class, () -> Parameters.of("a&".repeat(1_001)))
                        .status());
    }

    // ---- forms

    private static Request of(String type) {
        Headers headers = (Headers) Proxy.newProxyInstance(
                Headers.class.getClassLoader(),
                new Class<?>[] {Headers.class},
                (_, _, arguments) ->
                        arguments[0].equals("Content-Type") && !type.isEmpty() ? Optional.of(type) : Optional.empty());
        return (Request) Proxy.newProxyInstance(
                Request.class.getClassLoader(), new Class<?>[] {Request.class}, (_, _, _) -> headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "Application/X-WWW-Form-Urlencoded",
                "application/x-www-form-urlencoded ; charset=UTF-8"
            })
    void aFormIsRead(String type) {
        ByteBuffer body = ByteBuffer.wrap("a=%C3%BC&b=\u00C3\u00BC".getBytes(ISO_8859_1));
        assertEquals("[a=\u00FC, b=\u00FC]", Parameters.ofForm(of(type), body).toString());
        assertFalse(body.hasRemaining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded2"})
    void whatIsNoFormIsRefused(String type) {
        HttpException error =
                assertThrows(HttpException.class, () -> Parameters.ofForm(of(type), ByteBuffer.allocate(0)));
        assertEquals(415, error.status());
        assertTrue(
                error.problem().map(Problem::detail).orElse("").contains("application/x-www-form-urlencoded"),
                "the client reads what is expected");
    }

    // ---- typed

    @Test
    void aValueIsConverted() {
        Parameters parameters = Parameters.of("n=1&n=22&x=a");
        assertEquals(Optional.of(1), parameters.first("n", Integer::parseInt));
        assertEquals(List.of(1, 22), parameters.all("n", Integer::parseInt));
        int first = parameters.required("n", Integer::parseInt);
        assertEquals(1, first);
        assertEquals(Optional.empty(), parameters.first("m", Integer::parseInt));
    }

    @Test
    void aBadValueIsA400ThatNamesIt() {
        Parameters parameters = Parameters.of("n=1&n=a&x=" + "y".repeat(200));
        assertEquals("The parameter 'n' cannot be 'a'", detail(() -> parameters.all("n", Integer::parseInt)));
        assertEquals("The parameter 'm' is missing", detail(() -> parameters.required("m", Integer::parseInt)));
        assertEquals(
                "The parameter 'x' cannot be '" + "y".repeat(100) + "...'",
                detail(() -> parameters.first("x", Integer::parseInt)));
        HttpException own = new HttpException(422, "on purpose");
        assertEquals(
                own,
                assertThrows(
                        HttpException.class,
                        () -> parameters.first("x", _ -> {
                            throw own;
                        })));
    }

    @Test
    void aLongValueIsNotSentBack() {
        String long200 = "y".repeat(200);
        assertEquals(
                "A % without two hexadecimal digits is in '" + "y".repeat(100) + "...'",
                detail(() -> Parameters.strictly(long200 + "%")));
        assertEquals(
                "'" + "y".repeat(100) + "...' is not UTF-8 after decoding",
                detail(() -> Parameters.strictly(long200 + "%FF")));
    }

    private static String detail(Executable conversion) {
        HttpException error = assertThrows(HttpException.class, conversion);
        assertEquals(400, error.status());
        return error.problem().orElseThrow().detail();
    }
}

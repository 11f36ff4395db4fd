package org.pollux.http.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.HttpHandler;

/** Who the client is, when the connection comes from this machine and 10.0.0.0/8 is trusted too. */
@Timeout(60)
class ForwardedFilterTest {

    private static final HttpHandler ORIGIN = (request, response) -> {
        InetSocketAddress remote = (InetSocketAddress) request.remote();
        String port = remote.getAddress().isLoopbackAddress() ? "" : ":" + remote.getPort();
        response.send(remote.getAddress().getHostAddress() + port + " " + request.scheme() + " " + request.authority());
    };

    private static final String NOBODY = "127.0.0.1 http h:80";

    private static String origin(String trusted, ForwardedFilter.Fields which, String... fields) throws IOException {
        ForwardedFilter filter = new ForwardedFilter(List.of(trusted.split(" ", -1)), which);
        try (FilteredServer server = new FilteredServer(ORIGIN, filter)) {
            return server.get(fields).body();
        }
    }

    /** With the usual fields. */
    private static String x(String... fields) throws IOException {
        String[] named = Arrays.stream(fields).map("X-Forwarded-"::concat).toArray(String[]::new);
        return origin("127.0.0.1 10.0.0.0/8", ForwardedFilter.Fields.X_FORWARDED, named);
    }

    /** With those of RFC 7239. */
    private static String forwarded(String... values) throws IOException {
        String[] named = Arrays.stream(values).map("Forwarded: "::concat).toArray(String[]::new);
        return origin("127.0.0.1 10.0.0.0/8", ForwardedFilter.Fields.FORWARDED, named);
    }

    @Test
    void theClientIsTheOneThatTheProxyNames() throws Exception {
        assertEquals("192.0.2.7:0 http h:80", x("For: 192.0.2.7"));
        assertEquals("192.0.2.7:0 https ex.org", x("For: 192.0.2.7", "Proto: https", "Host: ex.org"));
        assertEquals("2001:db8:0:0:0:0:0:7:0 http h:80", x("For: 2001:db8::7"));
        assertEquals("192.0.2.7:4711 http h:80", x("For: 192.0.2.7:4711"));
        assertEquals("2001:db8:0:0:0:0:0:7:4711 http h:80", x("For: [2001:db8::7]:4711"));
        assertEquals("127.0.0.1 https h:80", x("Proto: HTTPS"));
        assertEquals(NOBODY, x());
    }

    @Test
    void whoIsNotTrustedIsNotBelieved() throws Exception {
        String[] fields = {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https", "Forwarded: for=192.0.2.7"};
        assertEquals(NOBODY, origin("10.0.0.0/8", ForwardedFilter.Fields.X_FORWARDED, fields));
        assertEquals(NOBODY, origin("10.0.0.0/8", ForwardedFilter.Fields.FORWARDED, fields));
    }

    @Test
    void whatTheProxyDoesNotWriteIsTheClientsOwn() throws Exception {
        assertEquals(NOBODY, origin("127.0.0.1", ForwardedFilter.Fields.X_FORWARDED, "Forwarded: for=192.0.2.7"));
        assertEquals(NOBODY, origin("127.0.0.1", ForwardedFilter.Fields.FORWARDED, "X-Forwarded-For: 192.0.2.7"));
    }

    @Test
    void ofSeveralTheLastThatIsNotTrustedIsTheClient() throws Exception {
        assertEquals("192.0.2.7:0 http h:80", x("For: 6.6.6.6, 192.0.2.7"));
        assertEquals("192.0.2.7:0 http h:80", x("For: 6.6.6.6, 192.0.2.7, 10.0.0.1, 10.0.0.2"));
        assertEquals("192.0.2.7:0 http h:80", x("For: 6.6.6.6, 192.0.2.7", "For: 10.0.0.1"));
        assertEquals("10.0.0.1:0 http h:80", x("For: 10.0.0.1, 10.0.0.2"));
    }

    @Test
    void nonsenseIsNotBelieved() throws Exception {
        assertEquals(NOBODY, x("For: unknown"));
        assertEquals(NOBODY, x("For: localhost"));
        assertEquals(NOBODY, x("For: 192.0.2.7:99999"));
        assertEquals(NOBODY, x("For: 192.0.2.7 or so"));
        assertEquals(NOBODY, x("For: "));
        assertEquals(NOBODY, x("Proto: gopher"));
        assertEquals(NOBODY, x("Host: <script>"));
        assertEquals(NOBODY, x("Host: a/b"));
        assertEquals("10.0.0.1:0 http h:80", x("For: 6.6.6.6, unknown, 10.0.0.1"));
    }

    @Test
    void theStandardFieldIsReadWithItsQuotes() throws Exception {
        assertEquals("192.0.2.7:0 http h:80", forwarded("for=192.0.2.7"));
        assertEquals("192.0.2.7:0 https ex.org:81", forwarded("For=192.0.2.7; Proto=https ;host=\"ex.org:81\";by=_x"));
        assertEquals("2001:db8:0:0:0:0:0:7:4711 http h:80", forwarded("for=\"[2001:db8::7]:4711\""));
        assertEquals("192.0.2.7:0 http h:80", forwarded("for=\"1\\92.0.2.7\""));
        assertEquals("192.0.2.7:0 http h:80", forwarded("for=6.6.6.6;proto=https, for=192.0.2.7,for=10.0.0.1"));
        assertEquals("192.0.2.7:0 http h:80", forwarded("for=6.6.6.6", "for=192.0.2.7"));
        assertEquals("192.0.2.7:0 http h:80", forwarded(",for=192.0.2.7, ,"));
    }

    @Test
    void theClientsQuotesDoNotHideWhatTheProxyAdds() throws Exception {
        String refused = "400 Bad Request\n";
        assertEquals(refused, forwarded("for=\"6.6.6.6, for=192.0.2.7"));
        assertEquals(refused, forwarded("for=6.6.6.6 for=192.0.2.7"));
        assertEquals(refused, forwarded("for=6.6.6.6;for=192.0.2.7"));
        assertEquals(refused, forwarded("for=\"6.6.6.6", "for=192.0.2.7"));
    }

    @Test
    void whomNobodyNamesIsTheProxy() throws Exception {
        assertEquals(NOBODY, forwarded("for=unknown"));
        assertEquals(NOBODY, forwarded("for=_hidden, for=_gazonk"));
        assertEquals(NOBODY, forwarded("for=\"" + "\\a".repeat(5_000) + "\""));
        assertEquals(NOBODY, forwarded(""));
    }
}

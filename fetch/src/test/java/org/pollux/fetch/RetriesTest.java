package org.pollux.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponseHead;

/** How long a server may ask for (RFC 9110, section 10.2.3). */
final class RetriesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                             | 7
            100000                        | 300
            Mon, 30 Nov 2026 12:00:30 GMT | 30
            Mon, 30 Nov 2026 12:00:00 GMT | 0
            Mon, 30 Nov 2026 11:00:00 GMT | 0
            Tue, 30 Nov 2027 12:00:00 GMT | 300
            soon                          | 4
            -1                            | 4
            """)
    void theServerSaysWhen(String asked, long seconds) {
        HttpRequest request = HttpRequest.get("http://127.0.0.1/");
        Headers fields = new Fields(
                List.of(new Header("Date", "Mon, 30 Nov 2026 12:00:00 GMT"), new Header("Retry-After", asked)));
        assertEquals(
                Optional.of(Duration.ofSeconds(seconds)),
                Retries.pause(
                        request,
                        new HttpFailure(Reason.STATUS, "503 Busy"),
                        new HttpResponseHead(request.url(), 503, "Busy", fields),
                        3));
    }

    private record Fields(List<Header> all) implements Headers {

        @Override
        public Optional<String> first(String name) {
            return all(name).stream().findFirst();
        }

        @Override
        public List<String> all(String name) {
            return all.stream()
                    .filter(field -> field.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .toList();
        }

        @Override
        public Iterator<Header> iterator() {
            return all.iterator();
        }
    }
}

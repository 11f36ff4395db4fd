package org.pollux.http.server.contract;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pollux.http.Header;

/** One exchange as its client sees it, for the test's thread. */
public interface Asked {

    /** Sends a piece of the body, an octet for each char. */
    Asked send(String piece);

    /** The body, or the client's side of another protocol, is complete. Not called for one whose length was announced: that ends by itself. */
    Asked end();

    /** The body is complete, and this field stands behind it. */
    Asked end(String trailer, String value);

    /** The client gives this exchange up. Where it cannot do so alone, its connection is lost. */
    void cancel();

    /** Whether the server has asked for the body with 100. */
    boolean isBodyWanted();

    /** The interim responses that are not 100, each with its fields, their names in lower case: {@code 103 link: </a>}. */
    List<String> interim();

    /** Of the response, 0 before its head is there. */
    int status();

    /** The values of the response's fields of that name, in their order; none before its head is there. */
    List<String> fields(String name);

    /** What has come of the body, a char for each octet. */
    String body();

    /** The values of the fields of that name behind the body. */
    List<String> trailers(String name);

    /** Whether the response has come to its end. */
    boolean isWhole();

    /** Whether the response will never come to its end. */
    boolean isCut();

    /** An interim response, as {@link #interim} shows it. */
    static String interim(int status, List<Header> fields) {
        return Stream.concat(
                        Stream.of(String.valueOf(status)),
                        fields.stream().map(field -> field.name().toLowerCase(Locale.ROOT) + ": " + field.value()))
                .collect(Collectors.joining(" "));
    }
}

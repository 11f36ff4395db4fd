package org.pollux.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The parameters of a query, or the fields of a form: pairs of a name and a value, in the order in which they were
 * sent. They are decoded as the URL Standard says (section 5.1, {@code application/x-www-form-urlencoded}): {@code &}
 * separates pairs, the first {@code =} separates name and value, {@code +} is a space, and the text is UTF-8. An
 * instance is immutable. Any thread may use it.
 *
 * <pre>
 *   int page = request.queryParameters().first("page", Integer::parseInt).orElse(1);    // 400 for "x"
 *   LocalDate day = request.queryParameters().required("day", LocalDate::parse);        // 400 without one
 *   request.body().readAll(64 * 1024, body -&gt; save(Parameters.ofForm(request, body)));
 * </pre>
 *
 * <p>{@link #of} never fails on malformed input: as in a browser, a {@code %} without two hexadecimal digits is kept,
 * and octets that are not UTF-8 become U+FFFD. {@link #strictly} refuses both with status 400. Forms with files
 * ({@code multipart/form-data}) are read by {@link org.pollux.http.multipart}.
 */
public final class Parameters implements Iterable<Map.Entry<String, String>> {

    /** The most pairs that are read; more are refused with status 400. */
    public static final int LIMIT = 1_000;

    private static final String FORM = "application/x-www-form-urlencoded";

    private final List<Map.Entry<String, String>> pairs;

    private Parameters(List<Map.Entry<String, String>> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    /**
     * Reads encoded parameters, as lenient as the URL Standard demands.
     *
     * @param encoded one char for each octet, or any text, whose other characters are kept
     * @throws HttpException with status 400 for more than {@link #LIMIT} pairs
     */
    public static Parameters of(String encoded) {
        return read(encoded, false);
    }

    /**
     * Reads encoded parameters, and refuses malformed ones.
     *
     * @throws HttpException with status 400 for a {@code %} without two hexadecimal digits, for octets that are not UTF-8, and
     *     for more than {@link #LIMIT} pairs
     */
    public static Parameters strictly(String encoded) {
        return read(encoded, true);
    }

    /**
     * Reads a form that was sent as the body of a request.
     *
     * @param body read to its limit when this returns
     * @throws HttpException with status 415 when {@code Content-Type} does not say that it is a form, and with status 400 for
     *     more than {@link #LIMIT} fields
     */
    public static Parameters ofForm(Request request, ByteBuffer body) {
        String type = request.headers().first("Content-Type").orElse("");
        int end = type.indexOf(';');
        String essence = (end < 0 ? type : type.substring(0, end)).strip();
        if (!essence.equalsIgnoreCase(FORM)) {
            throw new HttpException(Problem.of(415, "The body is '" + type + "', and not a form (" + FORM + ")"));
        }
        return of(StandardCharsets.ISO_8859_1.decode(body).toString());
    }

    /** The value of the first pair of that name; names are compared exactly. */
    public Optional<String> first(String name) {
        return pairs.stream()
                .filter(pair -> pair.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The values of all pairs of that name. */
    public List<String> all(String name) {
        return pairs.stream()
                .filter(pair -> pair.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * The first value of that name, converted.
     *
     * @param conversion such as {@code Integer::parseInt}, {@code UUID::fromString}, {@code LocalDate::parse}
     * @throws HttpException with status 400, and a {@link Problem} that names the parameter, when the conversion throws a
     *     {@link RuntimeException}; an {@link HttpException} of the conversion itself is passed on
     */
    public <T> Optional<T> first(String name, Function<String, T> conversion) {
        return first(name).map(value -> converted(name, value, conversion));
    }

    /** All values of that name, converted as {@link #first(String, Function)} does. */
    public <T> List<T> all(String name, Function<String, T> conversion) {
        return all(name).stream()
                .map(value -> converted(name, value, conversion))
                .toList();
    }

    /**
     * The first value of that name, which the request must have, converted as {@link #first(String, Function)} does.
     *
     * @throws HttpException with status 400 also when there is none
     */
    public <T> T required(String name, Function<String, T> conversion) {
        return first(name, conversion)
                .orElseThrow(() -> new HttpException(Problem.of(400, "The parameter '" + name + "' is missing")));
    }

    static <T> T converted(String name, String value, Function<String, T> conversion) {
        try {
            return conversion.apply(value);
        } catch (HttpException error) {
            throw error;
        } catch (RuntimeException fault) {
            HttpException error =
                    new HttpException(Problem.of(400, "The parameter '" + name + "' cannot be " + quoted(value)));
            error.initCause(fault);
            throw error;
        }
    }

    /** A text of the client in a response, which must not become as long as the request. */
    private static String quoted(String text) {
        return "'" + (text.length() <= 100 ? text : text.substring(0, 100) + "...") + "'";
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return pairs.iterator();
    }

    /** The pairs, decoded, for logs. */
    @Override
    public String toString() {
        return pairs.toString();
    }

    private static Parameters read(String encoded, boolean strict) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (int from = 0; from < encoded.length(); ) {
            int found = encoded.indexOf('&', from);
            int to = found < 0 ? encoded.length() : found;
            if (to > from) {
                if (pairs.size() == LIMIT) {
                    throw new HttpException(Problem.of(400, "There are more than " + LIMIT + " parameters"));
                }
                pairs.add(pair(encoded.substring(from, to), strict));
            }
            from = to + 1;
        }
        return new Parameters(pairs);
    }

    private static Map.Entry<String, String> pair(String text, boolean strict) {
        int equals = text.indexOf('=');
        return equals < 0
                ? Map.entry(decoded(text, strict), "")
                : Map.entry(decoded(text.substring(0, equals), strict), decoded(text.substring(equals + 1), strict));
    }

    private static String decoded(String text, boolean strict) {
        byte[] octets = text.getBytes(isOctets(text) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        int size = 0;
        for (int at = 0; at < octets.length; at++) {
            byte octet = octets[at];
            if (octet == '+') {
                octet = ' ';
            } else if (octet == '%' && isHex(octets, at + 1) && isHex(octets, at + 2)) {
                octet = (byte) (Character.digit(octets[at + 1], 16) << 4 | Character.digit(octets[at + 2], 16));
                at += 2;
            } else if (octet == '%' && strict) {
                throw new HttpException(Problem.of(400, "A % without two hexadecimal digits is in " + quoted(text)));
            }
            octets[size++] = octet;
        }
        try {
            CodingErrorAction action = strict ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(action)
                    .decode(ByteBuffer.wrap(octets, 0, size))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new HttpException(Problem.of(400, quoted(text) + " is not UTF-8 after decoding"));
        }
    }

    private static boolean isOctets(String text) {
        return text.chars().allMatch(c -> c <= 0xFF);
    }

    private static boolean isHex(byte[] octets, int at) {
        return at < octets.length && Character.digit(octets[at], 16) >= 0;
    }
}

package org.pollux.servlet.exchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pollux.http.Header;
import org.pollux.http.Response;

/** The header fields of a response, which can also be read when it was sent. */
final class ResponseFields {

    /** The server writes these itself; what a servlet sets is left out. */
    private static final Set<String> OF_THE_SERVER = Set.of(
            "connection",
            "date",
            "keep-alive",
            "proxy-connection",
            "server",
            "trailer",
            "transfer-encoding",
            "content-length");

    private final List<Header> fields = new ArrayList<>();

    void add(String name, String value) {
        if (!OF_THE_SERVER.contains(name.toLowerCase(Locale.ROOT))) {
            fields.add(new Header(name, value));
        }
    }

    void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    void remove(String name) {
        fields.removeIf(field -> field.name().equalsIgnoreCase(name));
    }

    void remove(String name, String valuePrefix) {
        fields.removeIf(
                field -> field.name().equalsIgnoreCase(name) && field.value().startsWith(valuePrefix));
    }

    void clear() {
        fields.clear();
    }

    Optional<String> first(String name) {
        for (Header field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    Collection<String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        fields.forEach(field -> names.putIfAbsent(field.name().toLowerCase(Locale.ROOT), field.name()));
        return List.copyOf(names.values());
    }

    /**
     * Sets them in that response.
     *
     * @throws IllegalArgumentException for a field that the server refuses; none is left then, so that an error can be sent
     */
    void copyTo(Response response) {
        try {
            for (Header field : fields) {
                response.header(field.name(), field.value());
            }
        } catch (IllegalArgumentException e) {
            fields.clear();
            throw e;
        }
    }
}

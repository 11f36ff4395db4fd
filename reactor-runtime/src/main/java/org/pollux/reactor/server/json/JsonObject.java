package org.pollux.reactor.server.json;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object in one line, written member by member: {@code new JsonObject().put("name", "nio").put("loops", 3)}. */
public final class JsonObject {

    private final StringBuilder text = new StringBuilder("{");

    /**
     * Adds a member. An enum becomes its name in small letters. An empty {@link Optional}, null, and a number that is not finite
     * become null.
     *
     * @param name unique in this object
     * @param value a text, number, boolean, enum, {@code JsonObject}, a Map by texts, or an Iterable or Optional of these
     * @throws IllegalArgumentException when the value is something else
     */
    public JsonObject put(String name, @Nullable Object value) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        text.append(':');
        write(value);
        return this;
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case String string -> quote(string);
            case Double number when !Double.isFinite(number) -> text.append("null");
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            case Enum<?> constant -> quote(constant.name().toLowerCase(Locale.ROOT));
            case JsonObject object -> text.append(object);
            case Optional<?> some -> write(some.orElse(null));
            case Iterable<?> many -> list(many);
            case Map<?, ?> members -> {
                JsonObject object = new JsonObject();
                members.forEach((name, member) -> object.put(String.valueOf(name), member));
                text.append(object);
            }
            default -> throw new IllegalArgumentException("JSON has no value for " + value.getClass());
        }
    }

    private void list(Iterable<?> values) {
        text.append('[');
        String separator = "";
        for (Object value : values) {
            text.append(separator);
            write(value);
            separator = ",";
        }
        text.append(']');
    }

    private void quote(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c)); // half a pair has no UTF-8
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text + "}";
    }
}

package org.pollux.http;

import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client is told about an error (RFC 9457). {@link Response#sendProblem} sends it, and so does the server for an
 * {@link HttpException} that has one: as {@code application/problem+json} to a client that names JSON in {@code Accept},
 * otherwise as plain text, unless an {@link ErrorPage} writes the body. It is immutable: each method returns a new one. Any
 * thread may use it.
 *
 * <pre>
 *   throw new HttpException(Problem.of(409, "The order was sent already").with("order", 17));
 * </pre>
 *
 * <p>Its texts are for the client: they must not tell what it should not know.
 */
public final class Problem {

    private final int status;

    /** The members of the JSON object by their names: texts, numbers and booleans. */
    private final Map<String, Object> members;

    private Problem(int status, Map<String, Object> members) {
        this.status = status;
        this.members = Collections.unmodifiableMap(members);
    }

    /**
     * A problem that its status describes.
     *
     * @param status 400 to 599
     * @throws IllegalArgumentException for any other status
     */
    public static Problem of(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("The status of an error is from 400 to 599, but this is " + status);
        }
        return new Problem(status, Map.of("status", status));
    }

    /** A problem with a sentence about this occurrence, for people. */
    public static Problem of(int status, String detail) {
        return of(status).with("detail", detail);
    }

    /** Names its type by a URI, which clients compare. Without one, the status is the type. */
    public Problem type(String uri) {
        return with("type", uri);
    }

    /** Sets a short text that is the same for all problems of the type. Without one, the server sends the status's phrase. */
    public Problem title(String title) {
        return with("title", title);
    }

    /**
     * Sets a member, of the type's own or one of {@code detail} and {@code instance} (RFC 9457, section 3.2).
     *
     * @throws IllegalArgumentException for {@code status}
     */
    public Problem with(String member, String value) {
        return set(member, value);
    }

    /** Sets a member; see {@link #with(String, String)}. */
    public Problem with(String member, long value) {
        return set(member, value);
    }

    private Problem set(String member, Object value) {
        if (member.equals("status")) {
            throw new IllegalArgumentException("The status of a problem is that of its response: " + status);
        }
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.put(member, value);
        return new Problem(status, changed);
    }

    /** The status of the response, 400 to 599. */
    public int status() {
        return status;
    }

    /** The sentence about this occurrence; empty when there is none. */
    public String detail() {
        return members.getOrDefault("detail", "").toString();
    }

    /** Whether it has that member. */
    public boolean has(String member) {
        return members.containsKey(member);
    }

    /** The JSON object of RFC 9457, section 3. It is ASCII. */
    public String toJson() {
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> {
            json.append(json.length() == 1 ? "" : ",");
            quote(json, name);
            json.append(':');
            if (value instanceof String text) {
                quote(json, text);
            } else {
                json.append(value);
            }
        });
        return json.append('}').toString();
    }

    /** Any JSON text may be part of a page, so that no character has a meaning in HTML either. */
    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || "\"\\<>&".indexOf(c) >= 0) {
                json.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /** Its JSON, for logs. */
    @Override
    public String toString() {
        return toJson();
    }
}

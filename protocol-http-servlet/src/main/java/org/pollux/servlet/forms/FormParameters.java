package org.pollux.servlet.forms;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pollux.http.HttpException;
import org.pollux.http.Parameters;

/** The parameters of a request: those of its query, and then those of its form (Servlet 6.1, section 3.1). */
public final class FormParameters {

    private final Map<String, String[]> values = new LinkedHashMap<>();
    private int count;

    /** Adds those of a query or a form, whose octets are in that charset once they are decoded. */
    public void add(String encoded, Charset charset) {
        if (charset.equals(UTF_8)) {
            try {
                Parameters.strictly(encoded).forEach(pair -> add(pair.getKey(), pair.getValue()));
            } catch (HttpException e) {
                throw new BadForm(e.status(), e);
            }
            return;
        }
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = (pair + '=').indexOf('=');
                String value = equals < pair.length() ? pair.substring(equals + 1) : "";
                add(decoded(pair.substring(0, equals), charset), decoded(value, charset));
            }
        }
    }

    /** Adds those that were read before. */
    public void add(Map<String, String[]> read) {
        read.forEach((name, all) -> {
            for (String value : all) {
                add(name, value);
            }
        });
    }

    private static String decoded(String text, Charset charset) {
        try {
            return URLDecoder.decode(text, charset);
        } catch (IllegalArgumentException e) {
            throw new BadForm(400, e);
        }
    }

    /**
     * Adds the fields of a form with files.
     *
     * @throws BadForm with status 413 when they have more bytes than that; a field may be in a file
     */
    public void add(Collection<Part> parts, Charset charset, int limit) throws IOException {
        long bytes = 0;
        for (Part part : parts) {
            if (part.getSubmittedFileName() == null) {
                bytes += part.getSize();
                if (bytes > limit) {
                    throw tooLarge(limit);
                }
                try (InputStream in = part.getInputStream()) {
                    add(part.getName(), new String(in.readAllBytes(), charset));
                }
            }
        }
    }

    private void add(String name, String value) {
        if (++count > Parameters.LIMIT) {
            throw new BadForm(400, "There are more than " + Parameters.LIMIT + " parameters");
        }
        values.merge(name, new String[] {value}, FormParameters::joined);
    }

    private static String[] joined(String[] before, String[] more) {
        String[] both = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, both, before.length, more.length);
        return both;
    }

    public Map<String, String[]> values() {
        return Collections.unmodifiableMap(values);
    }

    /**
     * Reads a form that is the body of a request.
     *
     * @throws BadForm with status 413 for more bytes than that
     */
    public static String read(InputStream body, int limit) throws IOException {
        byte[] form = body.readNBytes(limit + 1);
        if (form.length > limit) {
            throw tooLarge(limit);
        }
        return new String(form, ISO_8859_1);
    }

    private static BadForm tooLarge(int limit) {
        return new BadForm(413, "The form has more than " + limit + " bytes: raise form of pollux.http.servlet");
    }
}

package org.pollux.http.multipart;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pollux.http.HttpException;
import org.pollux.http.Problem;

/** Finds the boundary of a form in its type (RFC 2046, section 5.1.1). */
final class Boundary {

    private static final String FORM = "multipart/form-data";

    /** 1 to 70 characters; the last one is not a blank. */
    private static final Pattern ALLOWED = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    private Boundary() {}

    static String in(String contentType) {
        Matcher type = FieldParameters.value(contentType);
        if (!type.lookingAt() || !type.group(1).equalsIgnoreCase(FORM)) {
            throw new HttpException(
                    Problem.of(415, "The body is '" + contentType + "', and not a form (" + FORM + ")"));
        }
        String boundary = FieldParameters.of(contentType, type.end()).get("boundary");
        if (boundary == null || !ALLOWED.matcher(boundary).matches()) {
            throw MultipartParser.malformed("The field Content-Type of a form needs a valid boundary");
        }
        return boundary;
    }
}

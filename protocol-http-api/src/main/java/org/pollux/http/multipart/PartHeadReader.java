package org.pollux.http.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pollux.http.Header;

/** Reads the head of one part after the other: lines up to an empty one, which all end with CR LF. */
final class PartHeadReader {

    /** Each octet is looked at once or twice: a client may send thousands of blanks. */
    private static final Pattern FIELD = Pattern.compile(
            "([!#$%&'*+.^_`|~0-9A-Za-z-]++):[ \t]*+" + "((?:[ \t]*+[^ \t\\x{85}\\x{2028}\\x{2029}]++)*+)[ \t]*+");

    private final int limit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<Header> fields = new ArrayList<>();
    private int size;
    private boolean returned;

    /** Limits the bytes of a head. */
    PartHeadReader(int limit) {
        this.limit = limit;
    }

    /**
     * Takes the next octet.
     *
     * @return whether the head is complete
     */
    boolean add(char next) {
        if (++size > limit) {
            throw MultipartParser.tooLarge("The head of a part of the form is longer than " + limit + " bytes");
        }
        if (returned != (next == '\n') || (next < ' ' && "\r\n\t".indexOf(next) < 0) || next == 0x7F) {
            throw MultipartParser.malformed("The head of a part of the form has a control character");
        }
        returned = next == '\r';
        if (next != '\r' && next != '\n') {
            line.write(next);
        }
        return next == '\n' && endLine();
    }

    private boolean endLine() {
        if (line.size() == 0) {
            return true;
        }
        String text = line.toString(UTF_8);
        line.reset();
        Matcher field = FIELD.matcher(text);
        if (!field.matches()) {
            throw MultipartParser.malformed("The head of a part of the form has the line '" + text + "'");
        }
        fields.add(new Header(field.group(1), field.group(2)));
        return false;
    }

    /** The head that is complete; the next one begins. */
    PartHead take() {
        String disposition = only("Content-Disposition")
                .orElseThrow(() -> MultipartParser.malformed("A part of the form has no Content-Disposition"));
        Matcher value = FieldParameters.value(disposition);
        if (!value.lookingAt() || !value.group(1).equalsIgnoreCase("form-data")) {
            throw MultipartParser.malformed("A part of the form is '" + disposition + "', and not form-data");
        }
        Map<String, String> parameters = FieldParameters.of(disposition, value.end());
        String name = parameters.get("name");
        if (name == null) {
            throw MultipartParser.malformed("A part of the form has no name: '" + disposition + "'");
        }
        Optional<String> file = Optional.ofNullable(parameters.get("filename")).map(PartHeadReader::withoutFolders);
        PartHead head = new PartHead(name, file, only("Content-Type"), fields);
        fields.clear();
        size = 0;
        return head;
    }

    private Optional<String> only(String name) {
        List<String> values = fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
        if (values.size() > 1) {
            throw MultipartParser.malformed("A part of the form has the field " + name + " twice");
        }
        return values.stream().findFirst();
    }

    private static String withoutFolders(String file) {
        return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }
}

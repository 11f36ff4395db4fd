package org.pollux.http.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.HttpException;

/** Forms with files, however their bytes are cut. */
class MultipartParserTest {

    private static final String TYPE = "multipart/form-data; boundary=b";
    private static final int WHOLE = 1_000_000;

    /** Tells the parts as a text, so that cuts of their content are not seen. */
    private static final class Teller implements MultipartHandler {

        final StringBuilder told = new StringBuilder();

        @Override
        public void onPart(PartHead part) {
            told.append(part.name())
                    .append(part.fileName().map(name -> "@" + name).orElse(""));
            told.append(part.type().map(type -> "(" + type + ")").orElse("")).append('=');
        }

        @Override
        public void onData(ByteBuffer data) {
            assertTrue(data.hasRemaining());
            told.append(ISO_8859_1.decode(data));
        }

        @Override
        public void onPartEnd() {
            told.append(';');
        }

        @Override
        public void onEnd() {
            told.append('.');
        }
    }

    private static String part(String disposition, String content) {
        return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    /** What is told when the bytes come in pieces of that size, the first one of another. */
    private static String parse(String type, byte[] form, int first, int size) {
        Teller teller = new Teller();
        try {
            MultipartParser parser = MultipartParser.of(type, MultipartLimits.defaults(), teller);
            for (int from = 0; from < form.length; ) {
                int to = Math.min(form.length, from + (from == 0 && first > 0 ? first : size));
                parser.parse(ByteBuffer.wrap(form, from, to - from));
                from = to;
            }
            parser.end();
        } catch (HttpException error) {
            return teller.told + " " + error.status();
        } catch (Exception fault) {
            throw new AssertionError(fault);
        }
        return teller.told.toString();
    }

    private static String parse(String form) {
        return parse(TYPE, form.getBytes(UTF_8), 0, WHOLE);
    }

    static Stream<String> forms() {
        return Stream.of(
                part("name=a", "1") + part("name=\"b\"; filename=\"c.txt\"", "2\r\n3") + "--b--\r\n",
                "preamble\r\n\r\n--bad\r" + "\r\n" + part("name=a", "\r\n--\r\n-\r\r\n--\r\n--B\r\n--\n--b")
                        + "--b-- \r\nx--b",
                part("name=a", "") + part("name=a", "\r\n") + part("name=c", "\r") + "--b--",
                "--b \t \r\nContent-Type: text/html\r\nContent-Disposition:form-data;name=a\r\n\r\n--b--",
                "--b--",
                "\r\n--b--",
                part("name=a", "--b--") + "--b--",
                part("name=a", "1") + "--b\r\n\r\n",
                part("name=a", "1") + "--bx",
                part("name=a", "1"),
                "--b\nContent-Disposition: form-data; name=a\n\n1\n--b--");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyCutGivesTheSameParts(String form) {
        byte[] bytes = form.getBytes(UTF_8);
        String whole = parse(form);
        for (int cut = 1; cut < bytes.length; cut++) {
            assertEquals(whole, parse(TYPE, bytes, cut, WHOLE), "cut at " + cut);
            assertEquals(whole, parse(TYPE, bytes, 0, cut), "in pieces of " + cut);
        }
    }

    @Test
    void partsHaveNamesFilesAndContent() {
        assertEquals(
                "a=1;b@c.txt(image/png)=2\r\n3;.",
                parse(part("name=a", "1")
                        + "--b\r\ncontent-disposition: FORM-DATA; NAME=\"b\" ; filename=\"c.txt\"\r\n"
                        + "X: y\r\nContent-Type: image/png\r\n\r\n2\r\n3\r\n--b--"));
        assertEquals("a=\r\n--\r\n--B;.", parse("x\r\n" + part("name=a", "\r\n--\r\n--B") + "--b--\r\nepilogue"));
        assertEquals("a=;.", parse("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n--b--"));
        assertEquals("a=\r\r;.", parse(part("name=a", "\r\r") + "--b--"));
        assertEquals(".", parse("--b--"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "name=\"a b;c=d\" | a b;c=d",
                "name=\"\\\"a\\\\\"  | \"a\\",
                "name=\"%22\" | %22",
                "name=\"\u00FC\u20AC\" | \u00FC\u20AC",
                "name=a; filename=\"C:\\dir\\f.txt\" | a@f.txt",
                "name=a; filename=\"../../f\" | a@f",
                "name=a; filename=\"\" | a@",
                "name=\"\" | ~~",
                "name=a; filename*=UTF-8''x | a",
                "name=a; | a",
            })
    void namesAreThoseThatClientsSend(String disposition, String name) {
        assertEquals(name + "=1;.", parse(part(disposition, "1") + "--b--"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--b",
                "--b-",
                "--c--",
                "--b-x",
                "--b - -",
                "--b\r",
                "--b\rx",
                "--b\n",
                "--b\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=a\n\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=a x\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition : form-data; name=a\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=a\u0000\r\n\r\n1\r\n--b--",
            })
    void aMalformedFormIsRefused(String form) {
        assertTrue(parse(form).endsWith(" 400"), () -> parse(form));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data; boundary=b | .",
                "Multipart/Form-Data;charset=x;BOUNDARY=\"b\" | .",
                "multipart/form-data | 400",
                "multipart/form-data; boundary= | 400",
                "multipart/form-data; boundary=\"b \" | 400",
                "multipart/form-data; boundary=b; boundary=c | 400",
                "multipart/form-data; boundary=\"\u00FC\" | 400",
                "multipart/form-datax; boundary=b | 415",
                "multipart/mixed; boundary=b | 415",
                "'' | 415",
            })
    void theTypeNamesTheBoundary(String type, String told) {
        assertTrue(parse(type, "--b--".getBytes(UTF_8), 0, 5).endsWith(told), () -> parse(type, new byte[0], 0, 1));
    }

    @Test
    void aBoundaryHasSeventyCharactersAtMost() {
        String longest = "b".repeat(70);
        assertEquals(".", parse(TYPE.replace("=b", "=" + longest), ("--" + longest + "--").getBytes(UTF_8), 0, 1));
        assertEquals(" 400", parse(TYPE.replace("=b", "=b" + longest), new byte[0], 0, 1));
    }

    @Test
    void eachLimitIsA413() throws Exception {
        String form = part("name=a", "123") + part("name=b", "45") + "--b--";
        int head = "Content-Disposition: form-data; name=a\r\n\r\n".length();
        MultipartLimits fits = new MultipartLimits(2, head, 3, form.length(), 0);
        MultipartParser.of(TYPE, fits, new Teller()).parse(ByteBuffer.wrap(form.getBytes(UTF_8)));
        for (MultipartLimits limits : new MultipartLimits[] {
            fits.withParts(1),
            fits.withPartBytes(2),
            fits.withFormBytes(form.length() - 1),
            new MultipartLimits(2, head - 1, 3, form.length(), 0)
        }) {
            MultipartParser parser = MultipartParser.of(TYPE, limits, new Teller());
            HttpException error = assertThrows(
                    HttpException.class, () -> parser.parse(ByteBuffer.wrap(form.getBytes(UTF_8))), limits::toString);
            assertEquals(413, error.status());
            assertTrue(error.problem().isPresent());
        }
    }

    /** Looking for the end of the value at each blank would take minutes here. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void blanksInAHeadAreReadOnce() throws Exception {
        String blanks = " \t".repeat(200_000);
        Teller teller = new Teller();
        MultipartLimits limits = new MultipartLimits(1, 4_000_000, 1, 4_000_000, 0);
        String form = part("name=a" + blanks + "\r\nContent-Type: " + blanks + "b" + blanks + "c" + blanks, "1");
        MultipartParser.of(TYPE, limits, teller).parse(ByteBuffer.wrap(form.getBytes(UTF_8)));
        assertEquals("a(b" + blanks + "c)=1", teller.told.toString());
    }

    @Test
    void anyBytesAreParsedOrRefused() {
        Random random = new Random(7);
        byte[] octets = "\r\n--b: ;=\"\\Content-Disposition: form-data; name=a".getBytes(UTF_8);
        for (int round = 0; round < 2_000; round++) {
            byte[] form = new byte[random.nextInt(60)];
            for (int i = 0; i < form.length; i++) {
                form[i] = octets[random.nextInt(random.nextBoolean() ? 5 : octets.length)];
            }
            byte[] begun = (part("name=a", "1") + "--b\r\n" + new String(form, ISO_8859_1)).getBytes(ISO_8859_1);
            String whole = parse(TYPE, begun, 0, WHOLE);
            assertEquals(whole, parse(TYPE, begun, random.nextInt(begun.length), 1 + random.nextInt(5)));
        }
    }
}

package org.pollux.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.servlet.forms.BadForm;
import org.pollux.servlet.forms.FormParts;
import org.pollux.servlet.sessions.SessionSettings;

/** Forms with files (Servlet 6.1, 3.2). */
@Timeout(60)
class FormsTest {

    private static final String TYPE = "multipart/form-data; boundary=b";

    @TempDir
    private Path folder;

    private static String form(String file) {
        return "--b\r\nContent-Disposition: form-data; name=\"who\"\r\n\r\nada\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/x\r\n\r\n"
                + file + "\r\n--b--\r\n";
    }

    private HandServlets server(long maxFile) throws Exception {
        ServletSettings settings =
                new ServletSettings("", 4, Duration.ofSeconds(30), false, 1000, Duration.ofSeconds(5), folder);
        return new HandServlets(settings, SessionSettings.defaults(), (request, response) -> {
            request.setAttribute(
                    "org.eclipse.jetty.multipartConfig", new MultipartConfigElement("", maxFile, 100_000, 0));
            Part part = request.getPart("f");
            part.write("copy");
            response.getWriter()
                    .print(request.getParameter("who")
                            + ' '
                            + part.getSubmittedFileName()
                            + ' '
                            + part.getContentType()
                            + ' '
                            + part.getSize()
                            + ' '
                            + folder.toFile().list().length);
        });
    }

    @Test
    void fieldsBecomeParametersAndFilesAreDeletedWithTheRequest_3_2() throws Exception {
        try (HandServlets server = server(50_000)) {
            assertEquals("ada a.txt text/x 5 1", HandServlets.body(server.post(TYPE, form("hello"))));
            assertEquals("ada a.txt text/x 20000 2", HandServlets.body(server.post(TYPE, form("x".repeat(20_000)))));
            server.reactor()
                    .turnUntil("one file, the copy", () -> folder.toFile().list().length == 1);
        }
    }

    @Test
    void aLargerFileThanAllowedGets413() throws Exception {
        try (HandServlets server = server(10)) {
            assertTrue(server.post(TYPE, form("x".repeat(11))).startsWith("HTTP/1.1 413 "));
        }
    }

    @Test
    void aServletWithoutLimitsHasThoseOfPollux() throws Exception {
        MultipartConfigElement unlimited = new MultipartConfigElement("");
        InputStream endless = new InputStream() { // a form with one part of zeros
                    private final InputStream head = new ByteArrayInputStream(
                            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"
                                    .getBytes(US_ASCII));

                    @Override
                    public int read() throws IOException {
                        return Math.max(0, head.read());
                    }

                    @Override
                    public int read(byte[] into, int from, int count) throws IOException {
                        int read = head.read(into, from, count);
                        return read > 0 ? read : count;
                    }
                };
        BadForm refused = assertThrows(BadForm.class, () -> FormParts.read(endless, TYPE, unlimited, folder));
        assertEquals(413, refused.status());
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void aFieldBecomesAParameterWithinTheLimitOfForms() throws Exception {
        try (HandServlets server = server(50_000)) {
            String fields = form("hello").replace("ada", "a".repeat(1_001));
            assertTrue(server.post(TYPE, fields).startsWith("HTTP/1.1 413 "));
        }
    }
}

package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java examples of these pages compile. Those of README and of other guides are excerpts of samples, whose tests
 * compare them.
 */
final class ExamplesTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```java\n(.*?)^```");

    /** What an example declares is a member of its class; anything else is the body of a method. */
    private static final Pattern MEMBER = Pattern.compile("@|public |private |class ");

    /** What the text around the examples of a page has introduced. */
    private static final Map<String, String> PAGES = Map.of(
            "endpoints",
            "Connection client; ConnectionHandler handler; java.net.InetSocketAddress address;",
            "http",
            "Request request; Response response; String id; ByteBuffer bytes; Set<EventStream> clients;"
                    + " static void log(Object... what) {}",
            "http-client",
            "HttpClient client; HttpRequest request; HttpResponseHandler handler; Url url; X509Certificate ownAuthority;"
                    + " interface Source { void close(); } Source source; void produce(HttpRequestStream stream) {}",
            "http-handlers",
            "Request request; Response response; HttpHandler next; String id; Executor checks; record Order() {}"
                    + " static java.nio.file.Path folder; void save(Parameters form) {}"
                    + " boolean isGood(Request request) { return true; } Response accept(Order order) { return response; }"
                    + " static class Hello implements HttpHandler {"
                    + " public void handle(Request request, Response response) {} }",
            "tls",
            "",
            "websocket",
            "",
            "writing-a-tls-engine",
            "");

    private static final String IMPORTS = """
            import static org.junit.jupiter.api.Assertions.assertEquals;
            import java.io.*;
            import java.nio.ByteBuffer;
            import java.security.cert.X509Certificate;
            import java.time.*;
            import java.util.*;
            import java.util.concurrent.Executor;
            import org.jspecify.annotations.Nullable;
            import org.osgi.service.component.annotations.*;
            import org.pollux.http.*;
            import org.pollux.http.client.*;
            import org.pollux.http.client.reactor.ReactorHttpClient;
            import org.pollux.http.client.websocket.*;
            import org.pollux.http.multipart.*;
            import org.pollux.http.testkit.*;
            import org.pollux.http.websocket.*;
                import org.pollux.reactor.*;
            import org.pollux.reactor.nio.NioBackend;
            import org.pollux.reactor.runtime.EventLoop;
            import org.pollux.reactor.tck.tls.TlsEngineContract;
            import org.pollux.reactor.tls.*;
            import org.pollux.reactor.tls.jsse.JsseEngine;
            import org.pollux.reactor.tls.openssl.OpenSslEngine;
            """;

    @TempDir
    private Path folder;

    @Test
    void theExamplesOfThePagesCompile() throws IOException {
        List<Source> sources = new ArrayList<>();
        for (String page : PAGES.keySet()) {
            Matcher example = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", page + ".md")));
            int examples = 0;
            while (example.find()) {
                sources.add(new Source(page, ++examples, example.group(1)));
            }
            assertTrue(examples > 0, page);
        }
        var faults = new StringWriter();
        List<String> options =
                List.of("-d", folder.toString(), "-proc:none", "-implicit:none", "-Xlint:none", "-nowarn");
        ToolProvider.getSystemJavaCompiler()
                .getTask(faults, null, null, options, null, sources)
                .call();
        assertEquals("", faults.toString());
    }

    /** A file with one example. Its name, which the compiler's messages have, tells the page and the number. */
    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String page, int number, String example) {
            super(URI.create("mem:///" + page.replace('-', '_') + number + ".java"), JavaFileObject.Kind.SOURCE);
            String name = page.replace('-', '_') + number;
            code = IMPORTS + "class " + name + " { " + PAGES.get(page) + "\n" + members(example) + "}";
        }

        private static String members(String example) {
            StringBuilder members = new StringBuilder();
            for (String part : example.split("(?m)^\\.\\.\\.$")) {
                String code = part.replaceFirst("final (class .* \\{ \\.\\.\\. })", "abstract $1")
                        .replace("{ ... }", "{}")
                        .replace("-> ...", "-> {}")
                        .replace("    ...\n", "\n");
                members.append(
                        MEMBER.matcher(code.strip()).lookingAt()
                                ? code
                                : "void run() throws Exception { " + code + "}");
            }
            return members.toString();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}

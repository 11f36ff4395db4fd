package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Configuration tells the truth, in the server as it is shipped. The tests share one server, and some change it for those behind. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConfigurationIT {

    private static final String BODY_LIMIT =
            "! pollux.http: bodyLimit = 1O0 (conf/pollux.http.cfg) is refused, because it must be"
                    + " a whole number of bytes from 0, plain or followed by one of KB, MB, GB. 1073741824 stays in force\n";

    @TempDir
    private static Path folder;

    private static ServerProcess server;

    private static Path conf(String name) {
        return server.home().conf().resolve(name);
    }

    @BeforeAll
    static void start() throws Exception {
        Home home = new Home(folder.resolve("home"));
        Files.createDirectories(home.conf());
        Files.createDirectories(home.deploy());
        Files.writeString(
                home.conf().resolve("pollux.http.cfg"),
                "bodyLimit = 1O0\nheadLimit = 256\nrequestLineLimit = 128\nconnectionsPerAddress = 50\n");
        Files.writeString(home.conf().resolve("pollux.nosuch.cfg"), "a = b\n");
        Files.writeString(home.conf().resolve("pollux.runtime.cfg"), "loops = 1 \nLoops = 2\nbackand = nio\n");
        Files.write(
                home.conf().resolve("pollux.echo.another-x.cfg"),
                "endpoint = tcp://ä\n".getBytes(StandardCharsets.ISO_8859_1));
        server = ServerProcess.running(
                home.root(),
                "--set",
                "pollux.echo.endpoint=unix:e.sock",
                "--set",
                "pollux.http.endpoint=tcp://127.0.0.1:0",
                "--set",
                "pollux.htp.endpoint=tcp://127.0.0.1:1");
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    private static String faults() {
        return server.shell("pollux:faults").text();
    }

    private static void awaitFault(String text, boolean present) throws Exception {
        server.await(text + " is told: " + present, () -> faults().contains(text) == present);
    }

    /** The first line of the response to a request with a head of so many bytes. */
    private static String get(int bytes) throws IOException {
        Matcher port = Pattern.compile("tcp://127\\.0\\.0\\.1:0 \\((\\d+)\\)")
                .matcher(server.shell("pollux:status").text());
        assertTrue(port.find());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)))) {
            String head = "GET /nowhere HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: ";
            socket.getOutputStream()
                    .write((head + "x".repeat(bytes - head.length() - 4) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    @Order(1)
    void what_is_not_in_force_is_told_and_the_rest_is_in_force() throws Exception {
        String faults = faults();
        assertTrue(faults.contains(BODY_LIMIT), faults);
        assertTrue(faults.contains("! the PID pollux.nosuch (conf/pollux.nosuch.cfg) is not known"), faults);
        assertTrue(
                faults.contains(
                        "! the PID pollux.htp (--set) is not known, so it has no effect: no bundle here has this"
                                + " PID. Did you mean pollux.http?\n"),
                faults);
        assertTrue(
                faults.contains(
                        "! pollux.runtime: the key backand (conf/pollux.runtime.cfg) is not known, so it has no effect."
                                + " Did you mean backend?\n"),
                faults);
        assertTrue(
                faults.contains(
                        "! pollux.http: the key connectionsPerAddress (conf/pollux.http.cfg) is not known, so it has"
                                + " no effect. It is a key of pollux.runtime\n"),
                faults);
        assertTrue(
                faults.contains(conf("pollux.runtime.cfg") + ": the key Loops also appears in another case"), faults);
        assertTrue(faults.contains(conf("pollux.echo.another-x.cfg") + ": is not used"), faults);
        assertTrue(faults.contains("byte E4 in line 1"), faults);
        assertEquals("HTTP/1.1 404 Not Found", get(200));
        assertEquals("HTTP/1.1 431 Request Header Fields Too Large", get(300));
    }

    @Test
    @Order(2)
    void each_fault_is_one_line_of_the_log() throws Exception {
        server.awaitPrinted("the PID pollux.htp (--set) is not known");
        for (String fault : List.of(
                "bodyLimit = 1O0",
                "pollux.nosuch.cfg) is not known",
                "key backand",
                "key connectionsPerAddress",
                "byte E4 in line 1")) {
            assertEquals(
                    1,
                    server.printed()
                            .lines()
                            .filter(line -> line.contains(fault))
                            .count(),
                    fault);
        }
    }

    @Test
    @Order(3)
    void a_later_correction_takes_back_what_was_told() throws Exception {
        Files.writeString(conf("pollux.http.cfg"), "bodyLimit = 10MB\nheadLimit = 1KB\nrequestLineLimit = 128\n");
        awaitFault("bodyLimit", false);
        // components hear of it on a thread of Configuration Admin
        server.await("1 KB are read", () -> get(900).equals("HTTP/1.1 404 Not Found"));
        assertEquals("HTTP/1.1 431 Request Header Fields Too Large", get(1100));
        Files.writeString(conf("pollux.http.cfg"), "bodyLimit = much\nheadLimit = 256\nrequestLineLimit = 128\n");
        awaitFault("bodyLimit = much (conf/pollux.http.cfg) is refused", true);
        assertTrue(faults().contains("10485760 stays in force"), faults());
        server.await("256 bytes are read", () -> get(300).equals("HTTP/1.1 431 Request Header Fields Too Large"));
        Files.delete(conf("pollux.nosuch.cfg"));
        awaitFault("pollux.nosuch", false);
    }

    @Test
    @Order(4)
    void the_command_lists_what_is_in_force_and_where_it_comes_from() throws Exception {
        String all = server.shell("pollux:config").text();
        for (String pid :
                List.of("pollux.http", "pollux.http.gzip", "pollux.http.client", "pollux.log", "pollux.shell")) {
            assertTrue(
                    Pattern.compile("(?m)^" + Pattern.quote(pid) + ": ")
                            .matcher(all)
                            .find(),
                    all);
        }
        ServerProcess.Answer http = server.shell("pollux:config pollux.http");
        assertEquals(0, http.status());
        for (String row : List.of(
                "endpoint +tcp://127.0.0.1:0 +--set +tcp://127.0.0.1:8080 +text, several",
                "headLimit +256 +conf/pollux.http.cfg +16384 +whole number, bytes +from 128 to 32768",
                "bodyLimit +10485760 +before: conf/pollux.http.cfg is refused +1073741824 +whole number, bytes +from 0",
                "patience +20 +default +20 +whole number, seconds +from 1")) {
            assertTrue(
                    Pattern.compile("(?m)^ +" + row + " *$")
                            .matcher(http.text())
                            .find(),
                    row + "\n" + http.text());
        }
        ServerProcess.Answer unknown = server.shell("pollux:config pollux.htpp");
        assertEquals(1, unknown.status());
        assertTrue(unknown.text().contains("Did you mean pollux.http?"), unknown.text());
    }

    @Test
    @Order(5)
    void the_log_is_configured_while_it_is_written() throws Exception {
        Path log = server.home().log().resolve("pollux.log");
        Files.writeString(conf("pollux.log.cfg"), "format = JSON\nlevels = org.pollux.config=DEBUG, nonsense\n");
        server.await("JSON is written", () -> Files.readString(log).contains("\"logger\":\"org.pollux."));
        awaitFault("! pollux.log: nonsense in levels is refused", true);
        Files.delete(conf("pollux.log.cfg"));
        awaitFault("pollux.log", false);
    }

    @Test
    @Order(6)
    void a_hangup_is_a_reload_and_no_stop() throws Exception {
        Path log = server.home().log().resolve("pollux.log");
        Files.move(log, log.resolveSibling("aside.log"));
        assertEquals(
                0,
                new ProcessBuilder(
                                "kill", "-HUP", Long.toString(server.process().pid()))
                        .start()
                        .waitFor());
        server.await(
                "the log is there again",
                () -> Files.exists(log) && Files.readString(log).contains("SIGHUP"));
        assertTrue(server.process().isAlive());
        assertFalse(server.printed().contains("stopping"), server.printed());
        assertEquals(0, server.shell("pollux:status").status());
    }
}

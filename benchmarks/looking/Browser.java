import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A headless Chromium with one page, driven through the DevTools protocol. */
final class Browser implements AutoCloseable, WebSocket.Listener {

    private static final int SECONDS = 30;

    final List<String> events = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final WebSocket page;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<String>> responses = new ConcurrentHashMap<>();
    private final StringBuilder message = new StringBuilder();

    Browser(String executable, Path profile) throws Exception {
        process = new ProcessBuilder(
                        executable,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String debugger = "http://" + address(process);
        HttpRequest opens = HttpRequest.newBuilder(URI.create(debugger + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        String target = http.send(opens, HttpResponse.BodyHandlers.ofString()).body();
        page = http.newWebSocketBuilder()
                .buildAsync(URI.create(first(target, "\"webSocketDebuggerUrl\": *\"([^\"]+)\"")), this)
                .join();
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            call(domain + ".enable", "{}");
        }
    }

    private static String address(Process process) throws IOException {
        BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("DevTools listening on ws://")) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {})); // or it would block when the pipe is full
                return first(line, "ws://([^/]+)/");
            }
        }
        throw new IOException("Chromium has ended without a word about its debugger");
    }

    static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    /** Calls a method and returns the response as it came. */
    String call(String method, String parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<String> response = new CompletableFuture<>();
        responses.put(id, response);
        page.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true).join();
        return response.get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            String text = message.toString();
            message.setLength(0);
            Matcher id = Pattern.compile("^\\{\"id\":(\\d+)").matcher(text);
            if (id.find()) {
                responses.remove(Integer.parseInt(id.group(1))).complete(text);
            } else {
                events.add(text);
            }
        }
        socket.request(1);
        return null;
    }

    void open(String url) throws Exception {
        call("Page.navigate", "{\"url\":\"" + url + "\"}");
    }

    /** The value of an expression, as text. */
    String evaluate(String expression) throws Exception {
        String quoted = expression.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
        String response = call("Runtime.evaluate", "{\"expression\":\"String(" + quoted + ")\",\"returnByValue\":true}");
        return first(response, "\"value\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    }

    /** Waits until an expression is true. */
    void await(String expression) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!evaluate(expression).equals("true")) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not within " + SECONDS + " s: " + expression);
            }
            Thread.sleep(50);
        }
    }

    /** Sets the size of the screen, and the colour scheme. */
    void screen(int width, int height, String scheme) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":" + (width < 500) + "}");
        call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"},"
                        // a picture would show the colours in the middle of a transition
                        + "{\"name\":\"prefers-reduced-motion\",\"value\":\"reduce\"}]}");
    }

    void picture(Path file) throws Exception {
        String response = call("Page.captureScreenshot", "{\"format\":\"png\"}");
        Files.write(file, Base64.getDecoder().decode(first(response, "\"data\":\"([^\"]+)\"")));
    }

    void key(String key, int code) throws Exception {
        for (String type : List.of("keyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", "{\"type\":\"" + type + "\",\"key\":\"" + key + "\",\"code\":\"" + key
                    + "\",\"windowsVirtualKeyCode\":" + code + (key.equals("Enter") && type.equals("keyDown") ? ",\"text\":\"\\r\"" : "") + "}");
        }
    }

    @Override
    public void close() throws Exception {
        page.abort();
        http.close();
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}

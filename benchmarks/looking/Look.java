import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Looks at the dashboard of a running server in a headless Chromium, and clicks the swap while clients are at work.
 *
 * <pre>java Look.java CHROMIUM DASHBOARD-URL LOAD-URL FOLDER-FOR-PICTURES</pre>
 */
public final class Look {

    private static final int CLIENTS = 16;

    private static final AtomicLong DONE = new AtomicLong();
    private static final AtomicLong FAILED = new AtomicLong();
    private static volatile boolean ended;

    private Look() {}

    public static void main(String[] arguments) throws Exception {
        Path pictures = Files.createDirectories(Path.of(arguments[3]));
        Path profile = Files.createTempDirectory("pollux-chromium");
        try (Browser browser = new Browser(arguments[0], profile);
                HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            List<Thread> clients = load(http, arguments[2]);
            browser.screen(1280, 1000, "light");
            browser.open(arguments[1]);
            browser.await("document.querySelector('#link')?.textContent === 'live'");
            browser.await("document.querySelectorAll('#routes tbody tr').length > 2");
            Thread.sleep(12_000); // the curves need some seconds to look at
            require(browser, "a chart has a name", "document.querySelector('#rate svg').getAttribute('aria-label').includes('requests per second')");
            swapByKeyboard(browser);
            Thread.sleep(4_000);
            browser.picture(pictures.resolve("light.png"));
            browser.screen(1280, 2400, "dark");
            browser.picture(pictures.resolve("dark.png"));
            browser.screen(390, 844, "light");
            require(browser, "nothing is wider than 390 px", "document.documentElement.scrollWidth <= 390");
            browser.picture(pictures.resolve("390.png"));
            browser.screen(390, 3600, "dark");
            browser.picture(pictures.resolve("390-dark.png"));
            ended = true;
            for (Thread client : clients) {
                client.join();
            }
            judge(browser, arguments[1]);
        }
    }

    /** Clients that ask one after the other, all the time. */
    private static List<Thread> load(HttpClient http, String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return IntStream.range(0, CLIENTS)
                .mapToObj(_ -> Thread.ofPlatform().daemon().start(() -> {
                    while (!ended) {
                        try {
                            int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
                            (status == 200 ? DONE : FAILED).incrementAndGet();
                            Thread.sleep(5);
                        } catch (Exception e) {
                            FAILED.incrementAndGet();
                        }
                    }
                }))
                .toList();
    }

    /** As somebody without a mouse does: the button is focused, and Enter is pressed. */
    private static void swapByKeyboard(Browser browser) throws Exception {
        String before = browser.evaluate("document.querySelector('#backends .state-polls').parentElement.dataset.key");
        String next = before.equals("nio") ? "libevent" : "nio";
        browser.evaluate("[...document.querySelectorAll('#backends button')].find(b => b.textContent === 'Swap to " + next + "').focus()");
        require(browser, "the focus stays while the figures change", "document.activeElement.textContent === 'Swap to " + next + "'");
        Thread.sleep(1_500);
        require(browser, "the focus stays while the figures change", "document.activeElement.textContent === 'Swap to " + next + "'");
        browser.key("Enter", 13);
        browser.await("document.querySelector('#swapped').textContent.startsWith('" + before + " -> " + next + ": ')");
        browser.await("document.querySelectorAll('#rate line.swap').length === 1");
        browser.await("document.querySelector('#backends .state-polls').parentElement.dataset.key === '" + next + "'");
        require(browser, "the chart tells of the swap", "document.querySelector('#latency svg').getAttribute('aria-label').includes('swap from " + before + " to " + next + "')");
        System.out.println("swap by keyboard: " + browser.evaluate("document.querySelector('#swapped').textContent"));
    }

    private static void require(Browser browser, String what, String expression) throws Exception {
        if (!browser.evaluate(expression).equals("true")) {
            throw new IllegalStateException("not so: " + what + " (" + expression + ")");
        }
    }

    private static void judge(Browser browser, String url) {
        String own = URI.create(url).getAuthority();
        List<String> foreign = browser.events.stream()
                .filter(event -> event.contains("\"Network.requestWillBeSent\""))
                .map(event -> Browser.first(event, "\"request\":\\{\"url\":\"([^\"]+)\""))
                .filter(target -> !target.startsWith("http://" + own + "/"))
                .distinct()
                .toList();
        List<String> complaints = browser.events.stream()
                .filter(event -> event.contains("\"Runtime.exceptionThrown\"")
                        || (event.contains("\"Log.entryAdded\"") && event.contains("\"level\":\"error\""))
                        || (event.contains("\"Runtime.consoleAPICalled\"") && event.contains("\"type\":\"error\"")))
                .toList();
        System.out.println("requests during the swap: " + DONE + ", failed: " + FAILED);
        System.out.println("requests to other hosts: " + foreign + ", errors in the console: " + complaints);
        if (FAILED.get() > 0 || DONE.get() == 0 || !foreign.isEmpty() || !complaints.isEmpty()) {
            throw new IllegalStateException("the dashboard or the swap has hurt somebody: see above");
        }
    }
}

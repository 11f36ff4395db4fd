package org.pollux.fetch;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pollux.http.Headers;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.FileBody;
import org.pollux.http.client.HttpExchange;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponseHandler;
import org.pollux.http.client.HttpResponseHead;
import org.pollux.http.client.SavedFile;
import org.pollux.http.client.Url;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.reactor.Reactor;

/** Fetches a list of URLs over one reactor, some at a time in their order, until all have come or failed. */
final class Fetch {

    private static final Duration PROGRESS = Duration.ofMillis(200);

    private static final int FAILED = 1;
    private static final int SIGNAL = 128;

    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Reactor reactor;
    private final ReactorHttpClient client;
    private final List<String> urls;
    private final int most;
    private final Destination destination;
    private final Report report;
    private int next;
    private int underWay;
    private int status;

    Fetch(
            Reactor reactor,
            EngineChoice tls,
            List<String> urls,
            Options options,
            Destination destination,
            Report report) {
        this.reactor = reactor;
        this.client = new ReactorHttpClient(reactor, settings(options), tls::context);
        this.urls = urls;
        this.most = options.most();
        this.destination = destination;
        this.report = report;
    }

    private static ClientSettings settings(Options options) {
        Duration whole = options.timeout();
        Duration silence = whole.isZero() ? SILENCE : Duration.ZERO;
        ClientSettings settings = ClientSettings.defaults()
                .connections(options.most(), options.most())
                .timeouts(whole.isZero() ? Duration.ofSeconds(10) : Duration.ZERO, silence, whole)
                .withVersions(options.versions())
                .withProxies(options.proxies());
        return options.plainRedirects() ? settings.withPlainRedirects() : settings;
    }

    /** Fetches on the calling thread, which runs the reactor; it returns when all is done, or was interrupted. */
    void run() {
        reactor.onSignal("HUP", _ -> interrupt(SIGNAL + 1, "hung up")); // not heard below nohup, which ignores it
        reactor.onSignal("INT", _ -> interrupt(SIGNAL + 2, "interrupted"));
        reactor.onSignal("TERM", _ -> interrupt(SIGNAL + 15, "terminated"));
        reactor.every(PROGRESS, _ -> report.progress());
        var _ = destination.done().exceptionally(fault -> {
            int statusThen = Printing.isBrokenPipe(fault) ? SIGNAL + 13 : FAILED;
            reactor.execute(() -> interrupt(statusThen, "cannot print: " + fault.getMessage()));
            return null;
        });
        reactor.execute(this::beginMore);
        reactor.run();
        if (!isInterrupted()) {
            report.summary();
            status = report.failures() == 0 ? 0 : FAILED;
        }
    }

    /** The exit status, when it has run. */
    int status() {
        return status;
    }

    private boolean isInterrupted() {
        return status != 0;
    }

    /** Ends it at once; what is not whole is not kept. */
    private void interrupt(int statusThen, String why) {
        if (!isInterrupted()) {
            status = statusThen;
            client.close();
            destination.giveUp();
            report.interrupted(why);
            reactor.stop();
        }
    }

    private void beginMore() {
        while (underWay < most && next < urls.size() && !isInterrupted()) {
            int number = next++;
            try {
                begin(number, Url.parse(urls.get(number)));
            } catch (IllegalArgumentException e) { // no URL, or none that has a name
                failed(number, String.valueOf(e.getMessage()));
            }
        }
        if (underWay == 0 && !isInterrupted()) {
            client.close();
            var _ = destination.done().thenRun(() -> reactor.execute(reactor::stop));
        }
    }

    /** It is asked for as it is: a file is saved as the server has it. */
    private void begin(int number, Url url) {
        Path file = destination.file(number, url);
        HttpRequest request = HttpRequest.of("GET", url).header("Accept-Encoding", "identity");
        FileBody body = new FileBody(file);
        underWay++;
        client.send(request, new Counted(body));
        var _ = body.saved().whenComplete((saved, fault) -> {
            underWay--;
            if (isInterrupted()) {
                return;
            }
            if (fault == null) {
                complete(number, url, saved);
            } else {
                failed(number, String.valueOf(fault.getMessage()));
            }
            beginMore();
        });
    }

    private void complete(int number, Url url, SavedFile saved) {
        report.saved(
                () -> destination.saved(url, saved.file()),
                saved.bytes(),
                saved.head().version());
        destination.complete(number, saved.file());
    }

    private void failed(int number, String reason) {
        String url = urls.get(number);
        report.failed(
                url, reason.startsWith("not a URL: '" + url + "': ") ? reason.substring(url.length() + 15) : reason);
        destination.missing(number);
    }

    /** Counts the bytes of successful responses on their way to a file. */
    private final class Counted implements HttpResponseHandler {

        private final FileBody body;
        private Optional<HttpResponseHead> head = Optional.empty();

        Counted(FileBody body) {
            this.body = body;
        }

        @Override
        public void onHead(HttpResponseHead found, HttpExchange exchange) throws Exception {
            head = Optional.of(found);
            body.onHead(found, exchange);
        }

        @Override
        public void onData(ByteBuffer in) throws Exception {
            if (head.filter(HttpResponseHead::isSuccess).isPresent()) {
                report.came(in.remaining());
            }
            body.onData(in);
        }

        @Override
        public void onEnd(Headers trailers) {
            body.onEnd(trailers);
        }

        @Override
        public void onFailed(HttpFailure cause) {
            body.onFailed(cause);
        }
    }
}

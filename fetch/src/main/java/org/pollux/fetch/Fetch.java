package org.pollux.fetch;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.pollux.http.client.ClientSettings;
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
    private final UrlSource urls;
    private final int most;
    private final Download.Means means;
    private final Destination destination;
    private final Report report;
    private int next;
    private int underWay;
    private boolean beginning;
    private int status;

    Fetch(
            Reactor reactor,
            EngineChoice tls,
            UrlSource urls,
            Options options,
            Destination destination,
            Report report,
            InputStream standardInput) {
        this.reactor = reactor;
        this.client = new ReactorHttpClient(reactor, settings(options), tls::context);
        this.urls = urls;
        this.most = options.most();
        this.destination = destination;
        this.report = report;
        this.means = new Download.Means(
                reactor, client, options, new RateLimit(reactor, options.rate()), report, standardInput);
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
        urls.begin(this::beginLater);
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
        if (beginning) {
            return; // one was over at once: the loop below goes on
        }
        beginning = true;
        while (underWay < most && beginNext()) {}
        beginning = false;
        if (underWay == 0 && urls.isExhausted() && !isInterrupted()) {
            urls.fault().ifPresent(fault -> report.failed("-i", Main.reason(fault)));
            client.close();
            destination.given(next);
            var _ = destination.done().thenRun(() -> reactor.execute(reactor::stop));
        }
    }

    /** False when there is none that may begin now. */
    private boolean beginNext() {
        if (isInterrupted() || !destination.hasRoom(next, this::beginLater)) {
            return false;
        }
        Optional<String> url = urls.next();
        url.ifPresent(text -> begin(next++, text));
        return url.isPresent();
    }

    private void beginLater() {
        try {
            reactor.execute(this::beginMore);
        } catch (RejectedExecutionException _) {
            // it has ended
        }
    }

    private void begin(int number, String text) {
        String written = text.contains("://") ? text : "http://" + text;
        try {
            Url url = Url.parse(written);
            Path file = destination.file(number, url);
            underWay++;
            new Download(means, url, file, new Ending(number, text, url)).begin();
        } catch (IllegalArgumentException e) { // no URL, or none that has a name
            String reason = String.valueOf(e.getMessage());
            String known = "not a URL: '" + written + "': ";
            failed(number, text, reason.startsWith(known) ? reason.substring(known.length()) : reason);
        }
    }

    private void failed(int number, String text, String reason) {
        report.failed(text, reason);
        destination.missing(number);
    }

    /** How the download of one URL ends. */
    private final class Ending implements Download.Outcome {

        private final int number;
        private final String text;
        private final Url url;

        Ending(int number, String text, Url url) {
            this.number = number;
            this.text = text;
            this.url = url;
        }

        private void over(Runnable report) {
            underWay--;
            if (!isInterrupted()) {
                report.run();
                beginMore();
            }
        }

        @Override
        public void saved(SavedFile saved) {
            over(() -> {
                HttpResponseHead head = saved.head();
                if (head.isSuccess() || head.status() == 416) {
                    report.saved(() -> destination.saved(url, saved.file()), saved.bytes(), head.version());
                } else { // of a head, which is saved whatever it says
                    report.failed(text, (head.status() + " " + head.reason()).strip());
                }
                destination.complete(number, saved.file());
            });
        }

        @Override
        public void passedOver(Path file) {
            over(() -> {
                report.passedOver(file);
                destination.complete(number, file);
            });
        }

        @Override
        public void failed(String reason) {
            over(() -> Fetch.this.failed(number, text, reason));
        }
    }
}

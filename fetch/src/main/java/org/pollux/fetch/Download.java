package org.pollux.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.FileBody;
import org.pollux.http.client.HttpClient;
import org.pollux.http.client.HttpExchange;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponseHandler;
import org.pollux.http.client.HttpResponseHead;
import org.pollux.http.client.SavedFile;
import org.pollux.http.client.Url;
import org.pollux.reactor.Reactor;

/**
 * One URL on its way to a file, in one attempt or several. For the reactor's thread.
 *
 * <pre>
 *   begin ─▶ an attempt ─▶ saved
 *              ▲   │
 *              │   ├─ a failure that may pass ─▶ a pause ─┐
 *              │   └─ any other ─▶ failed                 │
 *              └──────────────────────────────────────────┘
 * </pre>
 */
final class Download {

    /** What all downloads share. */
    record Means(
            Reactor reactor,
            HttpClient client,
            Options options,
            RateLimit rate,
            Report report,
            InputStream standardInput) {}

    /** How it ended. */
    interface Outcome {

        void saved(SavedFile file);

        /** The file was there already. */
        void passedOver(Path file);

        void failed(String reason);
    }

    private final Means means;
    private final Url url;
    private final Path file;
    private final Outcome outcome;
    private final Report.Transfer transfer;
    private @Nullable HttpResponseHead head;
    private int attempts;

    Download(Means means, Url url, Path file, Outcome outcome) {
        this.means = means;
        this.url = url;
        this.file = file;
        this.outcome = outcome;
        this.transfer = means.report().begun(url.toString());
    }

    void begin() {
        if (means.options().saving().resume() && Files.exists(file)) {
            transfer.end();
            outcome.passedOver(file);
        } else {
            attempt();
        }
    }

    private void attempt() {
        attempts++;
        head = null;
        Saver saver;
        try {
            saver = saver(means.options().asking().request(url, means.standardInput()));
        } catch (IOException e) {
            transfer.end();
            outcome.failed("-d @" + means.options().asking().file().orElse("") + ": " + Main.reason(e));
            return;
        }
        means.report().asked(saver.request());
        transfer.attempt(saver.begun());
        means.client().send(saver.request(), new Counted(saver.handler()));
        var _ = saver.saved().whenComplete((saved, fault) -> {
            if (fault == null) {
                transfer.end();
                outcome.saved(saved);
            } else {
                failed(saver.request(), fault);
            }
        });
    }

    private Saver saver(HttpRequest request) {
        if (means.options().asking().isHead()) {
            return Saver.head(request, new HeadText(file));
        }
        boolean mayContinue =
                means.options().saving().resume() && request.method().equals("GET");
        return mayContinue
                ? Saver.resumed(request, new ResumedFile(file, request))
                : Saver.whole(request, new FileBody(file));
    }

    private void failed(HttpRequest request, Throwable fault) {
        Optional<Duration> pause = attempts > means.options().asking().retries()
                ? Optional.empty()
                : Retries.pause(request, fault, head, attempts);
        if (pause.isPresent()) {
            means.report().again(url.toString(), String.valueOf(fault.getMessage()), pause.get());
            transfer.rest();
            var _ = means.reactor().after(pause.get(), _ -> attempt());
        } else {
            transfer.end();
            outcome.failed(String.valueOf(fault.getMessage()));
        }
    }

    /** Counts the bytes of successful responses on their way to a file, and holds them to the rate. */
    private final class Counted implements HttpResponseHandler {

        private final HttpResponseHandler saver;
        private @Nullable HttpExchange exchange;
        private boolean succeeds;

        Counted(HttpResponseHandler saver) {
            this.saver = saver;
        }

        @Override
        public void onInterim(HttpResponseHead found) {
            means.report().came(found);
        }

        @Override
        public void onHead(HttpResponseHead found, HttpExchange same) throws Exception {
            head = found;
            exchange = same;
            succeeds = found.isSuccess();
            means.report().came(found);
            if (succeeds) {
                transfer.begins(found);
            }
            saver.onHead(found, same);
        }

        @Override
        public void onData(ByteBuffer in) throws Exception {
            int count = in.remaining();
            if (succeeds) {
                transfer.came(count);
            }
            saver.onData(in);
            if (exchange != null) {
                means.rate().came(count, exchange);
            }
        }

        @Override
        public void onEnd(Headers trailers) {
            saver.onEnd(trailers);
        }

        @Override
        public void onFailed(HttpFailure cause) {
            saver.onFailed(cause);
        }
    }
}

package org.pollux.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpExchange;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponseHandler;
import org.pollux.http.client.HttpResponseHead;
import org.pollux.http.client.SavedFile;

/**
 * Saves a body to {@code NAME.part}, which is renamed to {@code NAME} when it is complete. After a failure the part is kept, and
 * the next attempt or the next run continues it by a request of the rest (RFC 9110, sections 13.1.5 and 14).
 *
 * <pre>
 *   no part ───────────────────────────────────────▶ all is asked for
 *   a part, by Range and If-Range ──206─▶ the rest is appended
 *                                 ──200─▶ the file has changed: it begins again
 *                                 ──416─▶ the part is whole; or it is deleted, and the next attempt begins again
 * </pre>
 */
final class ResumedFile implements HttpResponseHandler {

    private final Path file;
    private final PartialFile partial;
    private final long begun;
    private final CompletableFuture<SavedFile> saved = new CompletableFuture<>();
    private @Nullable FileChannel channel;
    private @Nullable HttpResponseHead head;
    private long bytes;
    private boolean isWhole;

    ResumedFile(Path file, HttpRequest request) {
        this.file = file;
        this.partial = new PartialFile(file, request.url());
        this.begun = request.method().equals("GET") ? partial.begun() : 0;
    }

    CompletableFuture<SavedFile> saved() {
        return saved;
    }

    /** Bytes of the part. */
    long begun() {
        return begun;
    }

    /** The request of the rest. */
    HttpRequest continued(HttpRequest request) {
        return begun == 0
                ? request
                : request.header("Range", "bytes=" + begun + "-").header("If-Range", partial.validator());
    }

    @Override
    public void onHead(HttpResponseHead found, HttpExchange exchange) throws IOException {
        head = found;
        ContentRange range = ContentRange.of(found.headers());
        if (begun > 0 && found.status() == 206) {
            if (range.first() != begun) {
                throw new HttpFailure(
                        Reason.MALFORMED,
                        "the rest from byte " + begun + " was asked for, but the server sends '" + range.text() + "'");
            }
            channel = FileChannel.open(partial.part(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            bytes = begun;
        } else if (begun > 0 && found.status() == 416) {
            isWhole = range.total() == begun;
            if (!isWhole) {
                partial.delete();
                throw new HttpFailure(
                        Reason.SHORT_BODY, "the server cannot continue from byte " + begun + ", the part is deleted");
            }
            bytes = begun;
        } else if (found.isSuccess()) {
            channel = partial.begin(found.headers());
        }
    }

    @Override
    public void onData(ByteBuffer in) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            in.position(in.limit());
            return;
        }
        bytes += in.remaining();
        while (in.hasRemaining()) {
            open.write(in);
        }
    }

    @Override
    public void onEnd(Headers trailers) {
        HttpResponseHead found = head;
        if (found == null) {
            return;
        }
        if (channel == null && !isWhole) {
            saved.completeExceptionally(new HttpFailure(Reason.STATUS, (found.status() + " " + found.reason()).trim()));
            return;
        }
        try {
            close();
            Files.move(partial.part(), file, StandardCopyOption.ATOMIC_MOVE);
            partial.delete();
            saved.complete(new SavedFile(found, file, bytes));
        } catch (IOException e) {
            saved.completeExceptionally(new HttpFailure(Reason.FILE, "cannot write " + e.getMessage(), e));
        }
    }

    @Override
    public void onFailed(HttpFailure cause) {
        try {
            close();
            partial.deleteUnlessResumable();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        saved.completeExceptionally(
                cause.reason() == Reason.HANDLER && cause.getCause() instanceof IOException io
                        ? new HttpFailure(Reason.FILE, "cannot write " + io.getMessage(), io)
                        : cause);
    }

    private void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}

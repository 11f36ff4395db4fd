package org.pollux.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.FileBody;
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

    /** The bytes of the whole, as the rest tells them; -1 without one. */
    private long whole = -1;

    private boolean isWhole;

    /** @param request by GET: a part of a response to any other method could not be continued */
    ResumedFile(Path file, HttpRequest request) {
        this.file = file;
        this.partial = new PartialFile(file, request.url());
        this.begun = partial.begun();
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
        boolean continues = begun > 0 && (found.status() == 206 || found.status() == 416);
        if (continues && partial.isOfAnother(found.headers())) {
            throw deleted("the file has changed, but the server continues from byte " + begun);
        }
        if (begun > 0 && found.status() == 206) {
            if (range.first() != begun || range.total() <= begun) {
                throw deleted(
                        "the rest from byte " + begun + " was asked for, but the server sends '" + range.text() + "'");
            }
            channel = partial.append();
            bytes = begun;
            whole = range.total();
        } else if (begun > 0 && found.status() == 416) {
            isWhole = range.total() == begun;
            if (!isWhole) {
                throw deleted("the server cannot continue from byte " + begun);
            }
            bytes = begun;
        } else if (found.isSuccess()) {
            channel = partial.begin(found.headers());
        }
    }

    /** The next attempt begins again. */
    private HttpFailure deleted(String why) throws IOException {
        partial.delete();
        return new HttpFailure(Reason.SHORT_BODY, why + ", the part is deleted");
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
            if (whole >= 0 && bytes != whole) { // a server may send less than was asked for
                saved.completeExceptionally(new HttpFailure(
                        Reason.SHORT_BODY,
                        "the rest is not as long as told: " + bytes + " of " + whole + " bytes are there"));
                return;
            }
            Files.move(partial.part(), file, StandardCopyOption.ATOMIC_MOVE);
            partial.delete();
            saved.complete(new SavedFile(found, file, bytes));
        } catch (IOException e) {
            saved.completeExceptionally(FileBody.failure(file, e));
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
                        ? FileBody.failure(file, io)
                        : cause);
    }

    private void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}

package org.pollux.http.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpFailure.Reason;

/**
 * Saves the body of a successful response: the bytes are written to {@code .pollux-PID-NUMBER.part} in the same folder. This
 * file is renamed when it is complete. See {@link HttpClient#save}. An instance serves one exchange.
 */
public final class FileBody implements HttpResponseHandler {

    /** Bytes of an error's body that are skipped so that its connection can be used again. */
    private static final long PASSED_OVER = 64 * 1024;

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Path file;
    private final Path part;
    private final CompletableFuture<SavedFile> saved = new CompletableFuture<>();
    private @Nullable FileChannel channel;
    private @Nullable HttpResponseHead head;
    private long bytes;

    /** A handler that saves to that file. */
    public FileBody(Path file) {
        this.file = file;
        this.part = file.resolveSibling(
                ".pollux-" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet() + ".part");
    }

    /** Completed on the reactor's thread, with an {@link HttpFailure} when nothing was saved. */
    public CompletableFuture<SavedFile> saved() {
        return saved;
    }

    @Override
    public void onHead(HttpResponseHead found, HttpExchange exchange) throws IOException {
        head = found;
        if (found.isSuccess()) {
            try {
                channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    @Override
    public void onData(ByteBuffer in) throws IOException {
        bytes += in.remaining();
        FileChannel open = channel;
        if (open == null) {
            if (bytes > PASSED_OVER && head != null) {
                throw noSuccess(head);
            }
            return;
        }
        try {
            while (in.hasRemaining()) {
                open.write(in);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void onEnd(Headers trailers) {
        HttpResponseHead found = head;
        FileChannel open = channel;
        if (found == null) {
            return;
        }
        if (open == null) {
            saved.completeExceptionally(noSuccess(found));
            return;
        }
        try {
            open.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            saved.complete(new SavedFile(found, file, bytes));
        } catch (IOException e) {
            onFailed(failed(e));
        }
    }

    @Override
    public void onFailed(HttpFailure cause) {
        FileChannel open = channel;
        if (open != null) {
            try {
                open.close();
                Files.deleteIfExists(part);
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
        saved.completeExceptionally(cause);
    }

    private static HttpFailure noSuccess(HttpResponseHead head) {
        return new HttpFailure(Reason.STATUS, (head.status() + " " + head.reason()).trim());
    }

    private HttpFailure failed(IOException e) {
        return failure(file, e);
    }

    /** The failure of an exchange whose file cannot be written. It names the file that the user knows, and not its part. */
    public static HttpFailure failure(Path file, IOException e) {
        String why = switch (e) {
            case NoSuchFileException _ -> "its folder does not exist";
            case AccessDeniedException _ -> "access denied";
            case FileSystemException files when files.getReason() != null -> files.getReason();
            default -> String.valueOf(e.getMessage());
        };
        return new HttpFailure(Reason.FILE, "cannot write " + file + ": " + why, e);
    }
}

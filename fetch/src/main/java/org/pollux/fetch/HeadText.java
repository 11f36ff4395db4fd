package org.pollux.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.FileBody;
import org.pollux.http.client.HttpExchange;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpResponseHandler;
import org.pollux.http.client.HttpResponseHead;
import org.pollux.http.client.SavedFile;

/** Writes the head of a response, whatever its status, to a file, which is there in whole or stays as it was. */
final class HeadText implements HttpResponseHandler {

    private final Path file;

    /** Written and renamed in one callback, so one name serves all. */
    private final Path part;

    private final CompletableFuture<SavedFile> saved = new CompletableFuture<>();
    private @Nullable HttpResponseHead head;

    HeadText(Path file) {
        this.file = file;
        this.part = file.resolveSibling(".pollux-" + ProcessHandle.current().pid() + "-head.part");
    }

    CompletableFuture<SavedFile> saved() {
        return saved;
    }

    /** The lines of a head, and an empty one. */
    static String of(HttpResponseHead head) {
        StringBuilder text = new StringBuilder(head.version() + " " + head.status() + " " + head.reason()).append('\n');
        head.headers().forEach(field -> text.append(field.name() + ": " + field.value() + "\n"));
        return text.append('\n').toString();
    }

    @Override
    public void onHead(HttpResponseHead found, HttpExchange exchange) {
        head = found;
    }

    @Override
    public void onData(ByteBuffer in) {
        in.position(in.limit());
    }

    @Override
    public void onEnd(Headers trailers) {
        HttpResponseHead found = head;
        if (found == null) {
            return;
        }
        try {
            String text = of(found);
            Files.writeString(part, text, StandardOpenOption.CREATE_NEW);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            saved.complete(new SavedFile(found, file, text.length()));
        } catch (IOException e) {
            saved.completeExceptionally(FileBody.failure(file, e));
        }
    }

    @Override
    public void onFailed(HttpFailure cause) {
        saved.completeExceptionally(cause);
    }
}

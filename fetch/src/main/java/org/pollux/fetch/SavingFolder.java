package org.pollux.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.pollux.http.client.Url;

/** Keeps all bodies in a folder. */
final class SavingFolder implements Destination {

    private final FileNames names;

    /** Makes the folder when there is none. */
    SavingFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        this.names = new FileNames(folder);
    }

    @Override
    public Path file(int number, Url url) {
        return names.next(url);
    }

    @Override
    public String saved(Url url, Path file) {
        return url + " -> " + file;
    }

    @Override
    public void complete(int number, Path file) {}

    @Override
    public void missing(int number) {}

    @Override
    public CompletableFuture<?> done() {
        return CompletableFuture.completedFuture(names);
    }

    @Override
    public void giveUp() {}

    @Override
    public void close() {}
}

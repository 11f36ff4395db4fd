package org.pollux.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.pollux.http.client.Url;

/** Keeps all bodies in a folder, or the only one in a file. */
final class SavingFiles implements Destination {

    private final Saving saving;
    private final Optional<FileNames> names;
    private final CompletableFuture<Integer> done = new CompletableFuture<>();

    /** Makes the folder when there is none. */
    SavingFiles(Saving saving) throws IOException {
        this.saving = saving;
        if (saving.folder().isPresent()) {
            Files.createDirectories(saving.folder().get());
        }
        this.names = saving.folder().map(FileNames::new);
    }

    @Override
    public boolean hasRoom(int number, Runnable whenThereIs) {
        return true;
    }

    /** A file that the user has named may be replaced. One that a server could name may not, unless the user says so. */
    @Override
    public Path file(int number, Url url) {
        if (names.isEmpty()) {
            return saving.file().orElseThrow();
        }
        Path file = names.get().next(url);
        if (saving.resume() && PartialFile.isNameOfPart(file)) {
            throw new IllegalArgumentException(
                    file + " could be the part of another file: -C does not save to such a name");
        }
        if (!saving.overwrite() && !saving.resume() && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(file + " exists already: --overwrite replaces it, -C passes over it");
        }
        return file;
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
    public void given(int count) {
        done.complete(count);
    }

    @Override
    public CompletableFuture<?> done() {
        return done;
    }

    @Override
    public void giveUp() {}

    @Override
    public void close() {}
}

package org.pollux.fetch;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.pollux.http.client.Url;

/** Where bodies go; used by the reactor's thread, URL by URL in their order. */
interface Destination extends Closeable {

    /** Whether the URL of that number may begin now; if not, the callback is made later, on any thread. */
    boolean hasRoom(int number, Runnable whenThereIs);

    /**
     * The file that the body of a URL is saved to.
     *
     * @param number of the URL, from 0
     * @throws IllegalArgumentException when there is none, saying why
     */
    Path file(int number, Url url);

    /** What the reports say of a saved body: where it is, or how it is called. */
    String saved(Url url, Path file);

    /** A body is whole. */
    void complete(int number, Path file);

    /** A body does not come. */
    void missing(int number);

    /** So many URLs were given, and no more. */
    void given(int count);

    /** Completed when all that was given has arrived, on any thread; by an exception when that is no longer possible. */
    CompletableFuture<?> done();

    /** Does not wait for what has not arrived: the user has had enough. */
    void giveUp();
}

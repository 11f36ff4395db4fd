package org.pollux.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.Url;

/**
 * Prints whole bodies in the order of their URLs. They wait for their turn as temporary files, so that memory is bounded
 * whatever comes; a thread of its own writes, so that a slow reader holds up no download. Of a body that fails nothing is
 * printed.
 */
final class Printing implements Destination {

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    /** How far a URL may be ahead of the one that is printed. */
    private static final int AHEAD = 1000;

    private Optional<Path> folder = Optional.empty();
    private final WritableByteChannel out;
    private final Closeable opened;
    private final Thread printer;

    /** Bodies in their turn; an empty one was missing. */
    private final BlockingQueue<Optional<Path>> due = new LinkedBlockingQueue<>();

    /** What has come before its turn, by number. */
    private final Map<Integer, Optional<Path>> early = new HashMap<>();

    private int turn;
    private final AtomicInteger printed = new AtomicInteger();
    private volatile int count = Integer.MAX_VALUE;
    private volatile @Nullable Runnable waits;
    private final CompletableFuture<WritableByteChannel> done = new CompletableFuture<>();

    /** Begins to print. */
    Printing(WritableByteChannel out) {
        this(out, () -> {});
    }

    private Printing(WritableByteChannel out, Closeable opened) {
        this.out = out;
        this.opened = opened;
        this.printer = Thread.ofPlatform().name("printer").start(this::print);
    }

    /** Prints to a device or a pipe, which waits for its reader. */
    static Printing to(Path device) throws IOException {
        FileChannel out = FileChannel.open(device, StandardOpenOption.APPEND); // standard output may be a file
        return new Printing(out, out);
    }

    @Override
    public boolean hasRoom(int number, Runnable whenThereIs) {
        waits = whenThereIs;
        boolean room = number - printed.get() < AHEAD;
        if (room) {
            waits = null;
        }
        return room;
    }

    @Override
    public Path file(int number, Url url) {
        if (folder.isEmpty()) { // not sooner: a signal that comes before is not ours, and would leave it behind
            try {
                folder = Optional.of(Files.createTempDirectory("pollux-fetch-"));
            } catch (IOException e) {
                throw new IllegalArgumentException("no temporary folder can be made: " + e.getMessage(), e);
            }
        }
        return folder.get().resolve(Integer.toString(number));
    }

    @Override
    public String saved(Url url, Path file) {
        return url.toString();
    }

    @Override
    public void complete(int number, Path file) {
        come(number, Optional.of(file));
    }

    @Override
    public void missing(int number) {
        come(number, Optional.empty());
    }

    private void come(int number, Optional<Path> body) {
        early.put(number, body);
        for (Optional<Path> next = early.remove(turn); next != null; next = early.remove(turn)) {
            due.add(next);
            turn++;
        }
    }

    @Override
    public void given(int all) {
        count = all;
        due.add(Optional.empty()); // so that the printer looks whether it was the last
    }

    private void print() {
        try {
            while (printed.get() < count) {
                Optional<Path> body = due.take();
                if (printed.get() == count) {
                    break;
                }
                if (body.isPresent()) {
                    print(body.get());
                }
                printed.incrementAndGet();
                Runnable waiting = waits;
                if (waiting != null) {
                    waits = null;
                    waiting.run();
                }
            }
            done.complete(out);
        } catch (IOException | InterruptedException e) {
            done.completeExceptionally(e);
        }
    }

    private void print(Path file) throws IOException {
        try (FileChannel body = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = body.size();
            for (long at = 0; at < size; ) {
                at += body.transferTo(at, size - at, out);
            }
        }
        Files.delete(file);
    }

    @Override
    public CompletableFuture<?> done() {
        return done;
    }

    @Override
    public void giveUp() {
        printer.interrupt();
    }

    /** Waits until all that came is printed, and leaves no temporary file. */
    @Override
    public void close() throws IOException {
        try {
            printer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        opened.close();
        if (folder.isPresent()) {
            try (var left = Files.newDirectoryStream(folder.get())) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
            Files.delete(folder.get());
        }
    }

    /** Whether it is because nobody reads any more. The system says so in the user's language. */
    static boolean isBrokenPipe(Throwable fault) {
        if ("Broken pipe".equals(fault.getMessage())) {
            return true;
        }
        try {
            String out = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
            return fault instanceof IOException && (out.startsWith("pipe:") || out.startsWith("socket:"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}

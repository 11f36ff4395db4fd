package org.pollux.launcher;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** Passes on what a server says, and closes the connection when it says nothing for too long. */
final class Patience extends FilterOutputStream {

    /** Seconds; longer than any command of Pollux takes. */
    private static final long SECONDS = Long.getLong("pollux.patience", 60);

    private final ShellConnection server;
    private volatile long heard = System.nanoTime();
    private volatile boolean over;

    Patience(ShellConnection server, OutputStream out) {
        super(out);
        this.server = server;
    }

    @Override
    public void write(int single) throws IOException {
        heard = System.nanoTime();
        out.write(single);
    }

    private void watch() {
        long limit = TimeUnit.SECONDS.toNanos(SECONDS);
        try {
            for (long silent = 0; silent < limit; silent = System.nanoTime() - heard) {
                TimeUnit.NANOSECONDS.sleep(limit - silent);
            }
            over = true;
            server.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The exit status at the end of the response. */
    int response() throws IOException {
        Thread.ofPlatform().daemon(true).name("patience").start(this::watch);
        try {
            return server.response(this);
        } catch (IOException e) {
            if (over) {
                throw new IOException(
                        "it has said nothing for " + SECONDS
                                + " s; its log, or jstack with its pid, shows what it does",
                        e);
            }
            throw e;
        }
    }
}

package org.pollux.fetch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of a command line, then those of its lists, one by one. A thread of its own reads the lists, a few URLs ahead: a list
 * may be longer than memory, and may come slowly.
 */
final class UrlSource {

    /** URLs that are read ahead. */
    static final int AHEAD = 256;

    /** Bytes of a line: no server takes a URL as long as that. */
    private static final int LONGEST = 64 * 1024;

    private static final int SHOWN = 64;

    /** Is told with the URL, which is none by its spaces. */
    private static final String TOO_LONG = "... (longer than " + LONGEST + " bytes)";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Iterator<String> given;
    private final List<InputStream> lists;

    /** Lines; an empty one is the end. */
    private final BlockingQueue<Optional<String>> read = new ArrayBlockingQueue<>(AHEAD);

    private volatile Runnable onMore = () -> {};
    private volatile boolean missed;
    private volatile @Nullable IOException fault;
    private boolean ended;
    private int count;

    private UrlSource(List<String> given, List<InputStream> lists) {
        this.given = given.iterator();
        this.lists = lists;
        this.ended = lists.isEmpty();
        this.count = given.size();
    }

    /** Opens the lists. */
    static UrlSource open(Options options, InputStream standardInput) throws IOException, UsageException {
        List<InputStream> lists = new ArrayList<>();
        for (String list : options.lists()) {
            lists.add(list.equals("-") ? standardInput : open(Arguments.path(list)));
        }
        return new UrlSource(options.urls(), lists);
    }

    private static InputStream open(Path list) throws IOException {
        if (Files.isDirectory(list)) { // which can be opened, and not be read
            throw new IOException(list + ": it is a folder, not a list");
        }
        return Files.newInputStream(list);
    }

    /** Begins to read the lists. The callback is made on any thread when a URL is there after {@link #next} had none. */
    void begin(Runnable callback) {
        onMore = callback;
        if (!ended) {
            Thread.ofPlatform().name("lists").daemon().start(this::read);
        }
    }

    /** The next URL; empty when there is none yet, or none any more. */
    Optional<String> next() {
        if (given.hasNext()) {
            return Optional.of(given.next());
        }
        if (ended) {
            return Optional.empty();
        }
        missed = true;
        if (read.isEmpty()) {
            return Optional.empty();
        }
        missed = false;
        Optional<String> line = read.remove();
        ended = line.isEmpty();
        count += ended ? 0 : 1;
        return line;
    }

    /** Whether there are no more. */
    boolean isExhausted() {
        return ended && !given.hasNext();
    }

    /** How many there are, when that is known. */
    OptionalInt count() {
        return ended ? OptionalInt.of(count) : OptionalInt.empty();
    }

    /** Why a list could not be read to its end. */
    Optional<IOException> fault() {
        return Optional.ofNullable(fault);
    }

    private void read() {
        try {
            for (InputStream list : lists) {
                try (BufferedInputStream in = new BufferedInputStream(list)) {
                    read(in);
                }
            }
        } catch (IOException e) {
            fault = e;
        } catch (InterruptedException e) {
            return;
        }
        try {
            put(Optional.empty());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Optional<String> line) throws InterruptedException {
        read.put(line);
        if (missed) {
            missed = false;
            onMore.run();
        }
    }

    /**
     * Blank lines and those that begin with {@code #} are passed over. Bytes that are not UTF-8 become U+FFFD, which no URL
     * may have; what is longer than a line may be is kept as far as it goes, and is none either.
     */
    private void read(InputStream in) throws IOException, InterruptedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean first = true;
        for (int octet = 0; octet >= 0; ) {
            octet = in.read();
            if (octet >= 0 && octet != '\n') {
                if (line.size() <= LONGEST) {
                    line.write(octet);
                }
                continue;
            }
            String text = line.toString(StandardCharsets.UTF_8);
            boolean isCut = line.size() > LONGEST;
            line.reset();
            String url = (first && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
            first = false;
            if ((!url.isEmpty() || isCut) && !url.startsWith("#")) {
                put(Optional.of(isCut ? url.substring(0, Math.min(SHOWN, url.length())) + TOO_LONG : url));
            }
        }
    }
}

package org.pollux.fetch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The URLs of a command line, with those of its lists. */
final class UrlLists {

    /** Bytes of a line: no server takes a URL as long as that. */
    private static final int LONGEST = 64 * 1024;

    private static final int SHOWN = 64;

    /** Is told with the URL, which is none by its spaces. */
    private static final String TOO_LONG = "... (longer than " + LONGEST + " bytes)";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private UrlLists() {}

    static List<String> read(Options options, InputStream standardInput) throws IOException, UsageException {
        List<String> urls = new ArrayList<>(options.urls());
        for (String list : options.lists()) {
            if (list.equals("-")) {
                add(standardInput, urls);
            } else {
                try (InputStream in = Files.newInputStream(Arguments.path(list))) {
                    add(in, urls);
                }
            }
        }
        return urls;
    }

    /**
     * Blank lines and those that begin with {@code #} are passed over. Bytes that are not UTF-8 become U+FFFD, which no URL
     * may have; what is longer than a line may be is kept as far as it goes, and is none either.
     */
    private static void add(InputStream in, List<String> urls) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean first = true;
        for (int octet = 0; octet >= 0; ) {
            octet = bytes.read();
            if (octet >= 0 && octet != '\n') {
                if (line.size() <= LONGEST) {
                    line.write(octet);
                }
                continue;
            }
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            String url = (first && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
            first = false;
            if (!url.isEmpty() && !url.startsWith("#")) {
                urls.add(url.length() > LONGEST ? url.substring(0, SHOWN) + TOO_LONG : url);
            }
        }
    }
}

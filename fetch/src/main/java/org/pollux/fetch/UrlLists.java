package org.pollux.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The URLs of a command line, with those of its lists. */
final class UrlLists {

    private UrlLists() {}

    static List<String> read(Options options, InputStream standardInput) throws IOException {
        List<String> urls = new ArrayList<>(options.urls());
        for (String list : options.lists()) {
            if (list.equals("-")) {
                add(standardInput, urls);
            } else {
                try (InputStream in = Files.newInputStream(Path.of(list))) {
                    add(in, urls);
                }
            }
        }
        return urls;
    }

    /** Blank lines and those that begin with {@code #} are passed over. */
    private static void add(InputStream in, List<String> urls) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String url = line.strip();
            if (!url.isEmpty() && !url.startsWith("#")) {
                urls.add(url);
            }
        }
    }
}

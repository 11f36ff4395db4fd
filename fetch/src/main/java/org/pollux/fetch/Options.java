package org.pollux.fetch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pollux.http.client.HttpVersions;
import org.pollux.http.client.Proxies;

/**
 * The command line.
 *
 * @param urls as they were given
 * @param lists files with more of them; {@code -} is standard input
 * @param asking what is sent
 * @param saving where bodies go
 * @param most fetched at a time
 * @param rate bytes of bodies that may come in a second, in total; 0 means no limit
 * @param backend by its name
 * @param timeout for each URL as a whole; zero means no limit, and 30 s of silence then
 * @param authorities a PEM file with the certificates that are trusted instead of the system's
 * @param insecure whether certificates are not checked
 * @param plainRedirects whether redirects from https to http are followed
 * @param versions of HTTP that are spoken
 * @param proxies which proxy leads to which host
 * @param telling what the user sees
 */
record Options(
        List<String> urls,
        List<String> lists,
        Asking asking,
        Saving saving,
        int most,
        long rate,
        Optional<String> backend,
        Duration timeout,
        Optional<Path> authorities,
        boolean insecure,
        boolean plainRedirects,
        HttpVersions versions,
        Proxies proxies,
        Telling telling) {

    /** How much is told on standard error. */
    enum Telling {
        QUIET,
        USUAL,
        VERBOSE
    }

    static final String USAGE = """
        usage: pollux fetch [OPTION ...] URL ...

          -o, --output PATH  save to this file; to this folder if it is one, ends with / or there are several URLs. Without
                             -o and -O all is printed, in order
          -O                 save to this folder, by the last part of each URL's path
          --overwrite        replace files that exist already
          -C, --continue     continue files that an earlier run with -C has left in part, and pass over whole ones
          -i FILE            read more URLs from a file, or from standard input (-i -): one a line, # begins a comment
          -X, --method NAME  the method; unless told, GET, or POST with -d
          -H, --header TEXT  send this field, 'Name: value'; may be repeated
          -d, --data TEXT    send this body; @FILE sends a file, @- standard input. Texts of several -d are joined by &
          -u, --user NAME:PASSWORD
                             send these by Basic authentication
          -I, --head         ask for the head only, and print or save it
          -v, --verbose      tell requests and the heads of responses
          -q, --quiet        tell failures only
          --max N            fetch so many at a time; 32 unless told
          --limit-rate RATE  take so many bytes in a second in total: 500k, 2M
          --retry N          try again so often after a failure that may pass, after 1, 2, 4 ... seconds
          --timeout SECONDS  give a URL up after this time; unless told, after 30 seconds without a byte
          --backend NAME     poll by nio or libevent
          --cacert FILE      by https, trust the certificates in this PEM file, and not those of the system
          --insecure         by https, trust any server, also an impostor: for trials only
          --plain-redirects  also follow redirects from https to http
          --http1.1          speak HTTP/1.1 only
          --http2            by https, speak HTTP/2 only; unless told, by https it is HTTP/2 where the server speaks it
          --http2-prior-knowledge
                             speak HTTP/2 only, also by http
          --proxy URL        go through this proxy, http://HOST:PORT or http://USER:PASSWORD@HOST:PORT; unless told,
                             through that of https_proxy and http_proxy in the environment
          --noproxy HOSTS    reach these hosts directly, with those below them: a list with commas, * for all; unless
                             told, those of no_proxy

        A URL without a scheme begins with http://. Long options also take their value behind =.

        Exit status: 0 all were fetched, 1 some failed, 2 wrong usage, 128 and the signal's number when a signal ended it:
        129 hang-up, 130 Ctrl-C, 141 nobody reads the output any more, 143 terminated.\
        """;

    /** Reads a command line, and the variables that name proxies. */
    static Options parse(List<String> args, Map<String, String> environment) throws UsageException {
        return new OptionReader(args).read(environment);
    }
}

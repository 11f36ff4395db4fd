package org.pollux.fetch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.HttpVersions;
import org.pollux.http.client.Proxies;

/**
 * The command line.
 *
 * @param urls as they were given
 * @param lists files with more of them; {@code -} is standard input
 * @param folder where to save; none prints
 * @param most fetched at a time
 * @param backend by its name
 * @param timeout for each URL as a whole; zero means no limit, and 30 s of silence then
 * @param authorities a PEM file with the certificates that are trusted instead of the system's
 * @param insecure whether certificates are not checked
 * @param plainRedirects whether redirects from https to http are followed
 * @param versions of HTTP that are spoken
 * @param proxies which proxy leads to which host
 * @param quiet whether only failures are told
 */
record Options(
        List<String> urls,
        List<String> lists,
        Optional<Path> folder,
        int most,
        Optional<String> backend,
        Duration timeout,
        Optional<Path> authorities,
        boolean insecure,
        boolean plainRedirects,
        HttpVersions versions,
        Proxies proxies,
        boolean quiet) {

    static final String USAGE = """
        usage: pollux fetch [OPTION ...] URL ...

          -o DIR             save to this folder, by the last part of each URL's path; without it all is printed, in order
          -i FILE            read more URLs from a file, or from standard input (-i -): one a line, # begins a comment
          --max N            fetch so many at a time; 32 unless told
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
          --quiet, -q        tell of failures only

        Exit status: 0 all were fetched, 1 some failed, 2 wrong usage, 128 and the signal's number when a signal ended it:
        129 hang-up, 130 Ctrl-C, 141 nobody reads the output any more, 143 terminated.\
        """;

    private static final int MOST = 32;

    /** Reads a command line, and the variables that name proxies. */
    static Options parse(List<String> args, Map<String, String> environment) throws UsageException {
        List<String> urls = new ArrayList<>();
        List<String> lists = new ArrayList<>();
        Optional<Path> folder = Optional.empty();
        Optional<String> backend = Optional.empty();
        Duration timeout = Duration.ZERO;
        int most = MOST;
        Optional<Path> authorities = Optional.empty();
        boolean insecure = false;
        boolean plainRedirects = false;
        HttpVersions versions = HttpVersions.NEGOTIATED;
        Optional<String> proxy = Optional.empty();
        Optional<String> direct = Optional.empty();
        boolean quiet = false;
        for (int at = 0; at < args.size(); at++) {
            String arg = args.get(at);
            switch (arg) {
                case "-o" -> folder = Optional.of(Arguments.path(argument(args, ++at, "a folder")));
                case "-i" -> lists.add(argument(args, ++at, "a file, or -"));
                case "--max" -> most = (int) number(arg, argument(args, ++at, "a number"), 10_000);
                case "--timeout" -> {
                    double seconds = number(arg, argument(args, ++at, "seconds"), 1_000_000);
                    timeout = Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
                }
                case "--backend" -> backend = Optional.of(argument(args, ++at, "nio or libevent"));
                case "--cacert" -> authorities = Optional.of(Arguments.path(argument(args, ++at, "a file")));
                case "--insecure" -> insecure = true;
                case "--plain-redirects" -> plainRedirects = true;
                case "--http1.1" -> versions = HttpVersions.HTTP_1_1;
                case "--http2" -> versions = HttpVersions.HTTP_2;
                case "--http2-prior-knowledge" -> versions = HttpVersions.HTTP_2_PRIOR_KNOWLEDGE;
                case "--proxy" -> proxy = Optional.of(argument(args, ++at, "the URL of a proxy"));
                case "--noproxy" -> direct = Optional.of(argument(args, ++at, "a list of hosts"));
                case "-q", "--quiet" -> quiet = true;
                default -> {
                    if (arg.startsWith("-")) {
                        throw new UsageException("unknown option '" + arg + "'");
                    }
                    urls.add(arg);
                }
            }
        }
        if (urls.isEmpty() && lists.isEmpty()) {
            throw new UsageException("no URL is given, and no list of them (-i FILE)");
        }
        if (insecure && authorities.isPresent()) {
            throw new UsageException("--insecure trusts any server, so that --cacert has no effect: give one of them");
        }
        return new Options(
                List.copyOf(urls),
                List.copyOf(lists),
                folder,
                most,
                backend,
                timeout,
                authorities,
                insecure,
                plainRedirects,
                versions,
                proxies(proxy, direct, environment),
                quiet);
    }

    /** An empty URL means no proxy, whatever the environment says. */
    private static Proxies proxies(Optional<String> proxy, Optional<String> direct, Map<String, String> environment)
            throws UsageException {
        try {
            Proxies usual = Proxies.of(environment);
            Optional<HttpProxy> told = proxy.filter(url -> !url.isBlank()).map(HttpProxy::parse);
            return new Proxies(
                    proxy.isPresent() ? told : usual.http(),
                    proxy.isPresent() ? told : usual.https(),
                    direct.map(Proxies::list).orElse(usual.direct()));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static String argument(List<String> args, int at, String what) throws UsageException {
        if (at >= args.size()) {
            throw new UsageException(args.get(at - 1) + " needs " + what + " after it");
        }
        return args.get(at);
    }

    /** Whole numbers from 1; of seconds, parts of one are taken as well. */
    private static double number(String option, String text, int most) throws UsageException {
        boolean seconds = option.equals("--timeout");
        if (text.matches(seconds ? "[0-9]{1,7}([.][0-9]{1,3})?" : "[0-9]{1,7}")) {
            double number = Double.parseDouble(text);
            if (number > 0 && number <= most) {
                return number;
            }
        }
        throw new UsageException(option + " needs a number up to " + most + ", but got '" + text + "'");
    }
}

package org.pollux.fetch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
              --quiet, -q        tell of failures only

            Exit status: 0 all were fetched, 1 some failed, 2 wrong usage, 128 and the signal's number when a signal ended it:
            129 hang-up, 130 Ctrl-C, 141 nobody reads the output any more, 143 terminated.""";

    private static final int MOST = 32;

    static Options parse(List<String> args) throws UsageException {
        List<String> urls = new ArrayList<>();
        List<String> lists = new ArrayList<>();
        Optional<Path> folder = Optional.empty();
        Optional<String> backend = Optional.empty();
        Duration timeout = Duration.ZERO;
        int most = MOST;
        Optional<Path> authorities = Optional.empty();
        boolean insecure = false;
        boolean plainRedirects = false;
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
                quiet);
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

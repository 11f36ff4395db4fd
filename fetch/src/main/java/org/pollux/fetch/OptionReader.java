package org.pollux.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pollux.fetch.Options.Telling;
import org.pollux.http.Header;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpVersions;
import org.pollux.http.client.Proxies;
import org.pollux.http.client.Url;

/** Reads a command line, option by option. */
final class OptionReader {

    private static final int MOST = 32;

    private final Deque<String> left;
    private final List<String> urls = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();

    // ---- what is asked
    private Optional<String> method = Optional.empty();
    private boolean head;
    private final List<Header> headers = new ArrayList<>();
    private final List<String> data = new ArrayList<>();
    private int retries;

    // ---- where it goes
    private Optional<String> output = Optional.empty();
    private boolean here;
    private boolean overwrite;
    private boolean resume;
    private Telling telling = Telling.USUAL;

    // ---- how it is fetched
    private int most = MOST;
    private long rate;
    private Optional<String> backend = Optional.empty();
    private Duration timeout = Duration.ZERO;
    private Optional<Path> authorities = Optional.empty();
    private boolean insecure;
    private boolean plainRedirects;
    private HttpVersions versions = HttpVersions.NEGOTIATED;
    private Optional<String> proxy = Optional.empty();
    private Optional<String> direct = Optional.empty();

    OptionReader(List<String> args) {
        left = new ArrayDeque<>(args);
    }

    Options read(Map<String, String> environment) throws UsageException {
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            if (equals > 0) {
                left.addFirst(word.substring(equals + 1));
                int before = left.size();
                option(word.substring(0, equals));
                if (left.size() == before) {
                    throw new UsageException(word.substring(0, equals) + " takes no value, but got '" + word + "'");
                }
            } else if (word.startsWith("-")) {
                option(word);
            } else {
                urls.add(word);
            }
        }
        if (urls.isEmpty() && lists.isEmpty()) {
            throw new UsageException("no URL is given, and no list of them (-i FILE)");
        }
        if (insecure && authorities.isPresent()) {
            throw new UsageException("--insecure trusts any server, so that --cacert has no effect: give one of them");
        }
        Asking asking = asking();
        return new Options(
                List.copyOf(urls),
                List.copyOf(lists),
                asking,
                saving(asking),
                most,
                rate,
                backend,
                timeout,
                authorities,
                insecure,
                plainRedirects,
                versions,
                proxies(environment),
                telling);
    }

    private void option(String name) throws UsageException {
        switch (name) {
            case "-i" -> lists.add(value(name, "a file, or -"));
            case "-X", "--method" -> method = Optional.of(value(name, "a method"));
            case "-H", "--header" -> headers.add(header(value(name, "a field, 'Name: value',")));
            case "-d", "--data" -> data.add(value(name, "a text, @FILE or @-"));
            case "-u", "--user" -> headers.add(user(value(name, "NAME:PASSWORD")));
            case "-I", "--head" -> head = true;
            case "--retry" -> retries = (int) number(name, value(name, "a number"), 1000);
            case "-o", "--output" -> output = Optional.of(value(name, "a file or a folder"));
            case "-O" -> here = true;
            case "--overwrite" -> overwrite = true;
            case "-C", "--continue" -> resume = true;
            case "-v", "--verbose" -> telling = Telling.VERBOSE;
            case "-q", "--quiet" -> telling = Telling.QUIET;
            default -> connectionOption(name);
        }
    }

    private void connectionOption(String name) throws UsageException {
        switch (name) {
            case "--max" -> most = (int) number(name, value(name, "a number"), 10_000);
            case "--limit-rate" -> rate = rate(value(name, "bytes in a second"));
            case "--timeout" -> {
                double seconds = number(name, value(name, "seconds"), 1_000_000);
                timeout = Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
            }
            case "--backend" -> backend = Optional.of(value(name, "nio or libevent"));
            case "--cacert" -> authorities = Optional.of(Arguments.path(value(name, "a file")));
            case "--insecure" -> insecure = true;
            case "--plain-redirects" -> plainRedirects = true;
            case "--http1.1" -> versions = HttpVersions.HTTP_1_1;
            case "--http2" -> versions = HttpVersions.HTTP_2;
            case "--http2-prior-knowledge" -> versions = HttpVersions.HTTP_2_PRIOR_KNOWLEDGE;
            case "--proxy" -> proxy = Optional.of(value(name, "the URL of a proxy"));
            case "--noproxy" -> direct = Optional.of(value(name, "a list of hosts"));
            default -> throw new UsageException("unknown option '" + name + "'");
        }
    }

    private String value(String option, String what) throws UsageException {
        if (left.isEmpty()) {
            throw new UsageException(option + " needs " + what + " after it");
        }
        return left.removeFirst();
    }

    // ---- what is asked

    private Asking asking() throws UsageException {
        boolean hasFile = data.stream().anyMatch(text -> text.startsWith("@"));
        if (hasFile && data.size() > 1) {
            throw new UsageException("-d @FILE is the whole body: it cannot be joined with another -d");
        }
        if (head && (method.isPresent() || !data.isEmpty())) {
            throw new UsageException("-I asks by HEAD and sends no body: leave out -X and -d");
        }
        if (headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("Proxy-Authorization"))) {
            throw new UsageException(
                    "-H would send Proxy-Authorization to servers too: write NAME:PASSWORD@ into the URL of the proxy");
        }
        String verb = head ? "HEAD" : method.orElse(data.isEmpty() ? "GET" : "POST");
        try {
            var _ = new HttpRequest(verb, Url.parse("http://any/"), headers, Optional.empty(), Duration.ZERO, 0);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        Asking asking = new Asking(
                verb,
                List.copyOf(headers),
                data.isEmpty() || hasFile ? Optional.empty() : Optional.of(String.join("&", data)),
                hasFile ? Optional.of(data.getFirst().substring(1)) : Optional.empty(),
                retries);
        if (asking.readsStandardInput()) {
            requireOnce();
        }
        return asking;
    }

    private void requireOnce() throws UsageException {
        if (urls.size() + lists.size() > 1 || !lists.isEmpty()) {
            throw new UsageException("-d @- sends standard input once: give one URL");
        }
        if (retries > 0) {
            throw new UsageException("-d @- sends standard input once: it cannot be tried again, leave out --retry");
        }
    }

    private static Header header(String text) throws UsageException {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new UsageException("a field has a name and a colon, as 'Accept: text/html', but is '" + text + "'");
        }
        return new Header(text.substring(0, colon), text.substring(colon + 1).strip());
    }

    private static Header user(String text) throws UsageException {
        if (text.indexOf(':') < 0) {
            throw new UsageException("--user needs NAME:PASSWORD: a colon is missing");
        }
        return new Header("Authorization", "Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    // ---- where it goes

    private Saving saving(Asking asking) throws UsageException {
        if (here && output.isPresent()) {
            throw new UsageException("-O saves to this folder, and -o to another place: give one of them");
        }
        if (resume && asking.isHead()) {
            throw new UsageException("-C continues bodies, and -I asks for none: leave out one of them");
        }
        if (resume && headers.stream().anyMatch(OptionReader::isOfPart)) {
            throw new UsageException("-C writes Range and If-Range itself: leave them out of -H");
        }
        boolean printed = !here && output.filter(path -> !path.equals("-")).isEmpty();
        if (printed && (resume || overwrite)) {
            throw new UsageException((resume ? "-C" : "--overwrite") + " needs files: add -o PATH or -O");
        }
        if (printed) {
            return Saving.PRINTED;
        }
        Path path = Arguments.path(output.orElse("."));
        boolean single = urls.size() == 1 && lists.isEmpty() && !here;
        boolean file = single && !output.orElse("").endsWith("/") && !Files.isDirectory(path);
        return new Saving(
                file ? Optional.of(path) : Optional.empty(),
                file ? Optional.empty() : Optional.of(path),
                overwrite,
                resume);
    }

    private static boolean isOfPart(Header header) {
        return header.name().equalsIgnoreCase("Range") || header.name().equalsIgnoreCase("If-Range");
    }

    // ---- how it is fetched

    /** An empty URL means no proxy, whatever the environment says. */
    private Proxies proxies(Map<String, String> environment) throws UsageException {
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

    private static long rate(String text) throws UsageException {
        if (!text.matches("[0-9]{1,9}[kKmMgG]?") || text.matches("0+.?")) {
            throw new UsageException("--limit-rate needs bytes in a second, as 500k or 2M, but got '" + text + "'");
        }
        long unit = switch (Character.toLowerCase(text.charAt(text.length() - 1))) {
            case 'k' -> 1_000;
            case 'm' -> 1_000_000;
            case 'g' -> 1_000_000_000;
            default -> 1;
        };
        return unit * Long.parseLong(unit == 1 ? text : text.substring(0, text.length() - 1));
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

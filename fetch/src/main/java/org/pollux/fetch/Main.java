package org.pollux.fetch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.pollux.fetch.Options.Telling;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.spi.Backend;

/** The command {@code pollux fetch}. */
final class Main {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /**
     * Which of {@code out} and {@code err} are terminals, and {@code closed} when nothing can be printed: the shell knows,
     * the JVM cannot tell.
     */
    private final List<String> terminals;

    /** Variables, which may name proxies. */
    private final Map<String, String> environment;

    private final InputStream in;
    private final WritableByteChannel out;
    private final PrintStream err;

    Main(
            List<String> terminals,
            Map<String, String> environment,
            InputStream in,
            WritableByteChannel out,
            PrintStream err) {
        this.terminals = terminals;
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        // nothing is logged, and looking for a provider of logs takes time
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        List<String> terminals =
                Arrays.asList(System.getProperty("pollux.terminals", "").split(",", -1));
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        System.exit(new Main(terminals, System.getenv(), System.in, out.getChannel(), System.err).run(List.of(args)));
    }

    /** The exit status. */
    int run(List<String> words) {
        try {
            List<String> args = Arguments.asWritten(words);
            if (args.contains("--help") || args.contains("-h")) {
                out.write(StandardCharsets.UTF_8.encode(Options.USAGE + "\n"));
                return 0;
            }
            if (args.equals(List.of("--train"))) {
                return new Training(this).run();
            }
            Options options = Options.parse(args, environment);
            Backend backend = BackendChoice.open(options.backend());
            return fetch(options, backend, UrlSource.open(options, in));
        } catch (UsageException e) {
            return fail(e, MISUSED);
        } catch (FetchException e) {
            return fail(e, FAILED);
        } catch (IOException e) {
            err.println("pollux: " + reason(e));
            return FAILED;
        }
    }

    /** In words that name the file. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> none.getFile() + ": no such file";
            case AccessDeniedException denied -> denied.getFile() + ": access denied";
            case FileSystemException files when files.getReason() == null -> files.getFile() + ": it cannot be used";
            default -> String.valueOf(e.getMessage());
        };
    }

    private int fail(Exception e, int status) {
        err.println("pollux: " + e.getMessage());
        if (status == MISUSED) {
            err.println("pollux: 'pollux fetch --help' has the usage");
        }
        return status;
    }

    private int fetch(Options options, Backend backend, UrlSource urls) throws IOException, FetchException {
        Report report = new Report(err, style(options), options.telling() == Telling.VERBOSE, urls::count);
        if (options.insecure()) {
            err.println("pollux: warning: --insecure: the certificates of servers are not checked");
        }
        try (EngineChoice tls = EngineChoice.of(options);
                EventLoop loop = new EventLoop(backend);
                Destination destination = destination(options)) {
            Fetch fetch = new Fetch(loop, tls, urls, options, destination, report, in);
            fetch.run();
            return fetch.status();
        }
    }

    private Destination destination(Options options) throws IOException {
        Saving saving = options.saving();
        Path file = saving.file().orElse(null);
        if (file != null && !saving.resume() && isDevice(file)) {
            return Printing.to(file);
        }
        if (!saving.isPrinted()) {
            return new SavingFiles(saving);
        }
        if (terminals.contains("closed")) {
            throw new IOException("cannot print: standard output is closed; -o saves to a folder");
        }
        return new Printing(out);
    }

    /**
     * A pipe is one here, and so are /dev/null and /dev/stdout, wherever that leads. Anything else would be replaced, which the
     * superuser can do to them too.
     */
    private static boolean isDevice(Path file) throws IOException {
        boolean leadsToDescriptor =
                Files.isSymbolicLink(file) && Files.readSymbolicLink(file).startsWith("/proc");
        return Files.exists(file) && !Files.isDirectory(file) && (leadsToDescriptor || !Files.isRegularFile(file));
    }

    /** A line that is written over would be mixed with what is printed to the same terminal. */
    private Report.Style style(Options options) {
        boolean alone = !options.saving().isPrinted() || !terminals.contains("out");
        if (options.telling() == Telling.QUIET) {
            return Report.Style.QUIET;
        }
        return terminals.contains("err") && alone ? Report.Style.PROGRESS : Report.Style.LINES;
    }
}

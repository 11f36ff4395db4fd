package org.pollux.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the launcher was told to do. */
sealed interface CommandLine {

    /** Prints how the launcher is used. */
    record Help() implements CommandLine {}

    /**
     * Runs a server until it is told to stop.
     *
     * @param console whether the log also goes to standard error
     * @param samples whether the sample handlers of the distribution are served
     * @param succeed whether it takes over from the server that runs on the home
     */
    record Run(Path home, List<Setting> settings, boolean console, boolean samples, boolean succeed)
            implements CommandLine {}

    /**
     * Talks to a running server.
     *
     * @param command the command to run there; empty for a shell
     * @param watch whether it is run again each second, on a screen of its own
     */
    record Shell(Path home, Optional<String> command, boolean watch) implements CommandLine {}

    String USAGE = """
            usage: java -jar lib/pollux.jar COMMAND [--home DIR]

              run [--set PID.KEY=VALUE ...] [--no-console] [--samples] [--succeed]
                                    run a server; it stops on SIGTERM or Ctrl-C; with --succeed it takes over from the
                                    server that runs on the home
              shell [--watch] [COMMAND ...]
                                    the shell of the running server, or one command of it

            --home DIR holds the server's state. The default is POLLUX_HOME, or .pollux in the distribution.""";

    static CommandLine parse(List<String> args, Map<String, String> environment, Path distribution)
            throws UsageException {
        if (args.isEmpty() || args.contains("--help") || args.getFirst().equals("help")) {
            return new Help();
        }
        String command = args.getFirst();
        if (!command.equals("run") && !command.equals("shell")) {
            throw new UsageException("unknown command '" + command + "'; there are run, shell and help");
        }
        Path home = Path.of(environment.getOrDefault(
                "POLLUX_HOME", distribution.resolve(".pollux").toString()));
        List<Setting> settings = new ArrayList<>();
        boolean console = true;
        boolean samples = false;
        boolean succeed = false;
        boolean watch = false;
        int at = 1;
        for (; at < args.size() && args.get(at).startsWith("--"); at++) {
            String option = args.get(at);
            switch (option) {
                case "--home" -> home = Path.of(argument(args, ++at, "a folder"));
                case "--set" -> settings.add(Setting.parse(argument(args, ++at, "PID.KEY=VALUE")));
                case "--no-console" -> console = false;
                case "--samples" -> samples = true;
                case "--succeed" -> succeed = true;
                case "--watch" -> watch = true;
                default -> throw new UsageException("unknown option '" + option + "'");
            }
        }
        List<String> rest = args.subList(at, args.size());
        Path root = home.toAbsolutePath().normalize();
        if (command.equals("shell")) {
            if (!settings.isEmpty() || !console || samples || succeed) {
                throw new UsageException(
                        "--set, --no-console, --samples and --succeed are for run: shell talks to a server"
                                + " that runs already");
            }
            if (watch && rest.isEmpty()) {
                throw new UsageException("--watch needs a command after it");
            }
            return new Shell(root, rest.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", rest)), watch);
        }
        if (watch) {
            throw new UsageException("--watch is for shell");
        }
        if (!rest.isEmpty()) {
            throw new UsageException("run takes no '" + rest.getFirst() + "'");
        }
        return new Run(root, List.copyOf(settings), console, samples, succeed);
    }

    private static String argument(List<String> args, int at, String what) throws UsageException {
        if (at >= args.size()) {
            throw new UsageException(args.get(at - 1) + " needs " + what + " after it");
        }
        return args.get(at);
    }
}

package org.pollux.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command line of {@code lib/pollux.jar}. */
final class Main {

    private Main() {}

    public static void main(String[] args) {
        int status;
        try {
            status = run(List.of(args));
        } catch (UsageException e) {
            System.err.println("pollux: " + e.getMessage());
            status = 2;
        } catch (StartException e) {
            System.err.println("pollux: " + e.getMessage());
            status = 1;
        } catch (InterruptedException e) {
            status = 1;
        }
        System.exit(status);
    }

    private static int run(List<String> args) throws UsageException, StartException, InterruptedException {
        Distribution distribution = Distribution.own();
        return switch (CommandLine.parse(args, System.getenv(), distribution.root())) {
            case CommandLine.Help help -> {
                System.out.println(CommandLine.USAGE);
                yield 0;
            }
            case CommandLine.Run run -> serve(distribution, run);
            case CommandLine.Shell shell ->
                shell.watch()
                        ? WatchScreen.watch(
                                new Home(shell.home()), shell.command().orElseThrow())
                        : new ShellClient(new Home(shell.home()), System.in, System.out, System.err)
                                .run(shell.command());
        };
    }

    private static int serve(Distribution distribution, CommandLine.Run run)
            throws StartException, InterruptedException {
        Instant begin = Instant.now();
        Home home = new Home(run.home());
        home.create(distribution);
        HomeLock lock = run.succeed() ? HomeLock.succeed(home) : HomeLock.take(home);
        try (RunState state = new RunState(home, Supervisor.of(System.getenv()))) {
            Succession succession = new Succession(home, lock, state);
            if (run.succeed()) {
                state.leave();
            } else {
                state.starting();
            }
            Logging logging = Logging.start(home, run.console());
            Logger log = LoggerFactory.getLogger(Main.class);
            log.info("Pollux {} on Java {}, home {}", distribution.version(), Runtime.version(), home.root());
            FrameworkRun server = FrameworkRun.start(distribution, home, run, state, logging, succession);
            if (run.succeed()) {
                succession.awaitServing(server.stop());
            } else {
                state.running();
            }
            if (server.stop().isDone()) {
                log.info("Pollux is asked to stop before it serves");
            } else {
                log.info(
                        "Pollux runs, started in {} ms",
                        Duration.between(begin, Instant.now()).toMillis());
            }
            boolean stopped = server.runUntilStopped();
            succession.awaitPredecessor(server.left());
            log.info("Pollux has stopped");
            succession.awaitSuccessor(server.left());
            return stopped ? 0 : 1;
        } finally {
            lock.close();
        }
    }
}

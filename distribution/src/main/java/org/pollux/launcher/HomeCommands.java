package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The commands for the shell about the folders of the home: {@code pollux:deploy}, {@code pollux:undeploy}, {@code pollux:logs} and
 * {@code pollux:record}. They print to the session that asked; Gogo sees to it that this is what {@link System#out} is, and calls them by reflection.
 */
public final class HomeCommands {

    /** Less than the time for which the command {@code pollux} waits without output. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final int LINES = 20;

    private final Deployment deployment;
    private final ConfigurationDeployment configurations;
    private final Path log;
    private final FlightRecording recording;

    private HomeCommands(
            Deployment deployment, ConfigurationDeployment configurations, Path log, FlightRecording recording) {
        this.deployment = deployment;
        this.configurations = configurations;
        this.log = log;
        this.recording = recording;
    }

    static void register(BundleContext context, Distribution distribution, Home home, DeployFolder folder) {
        Deployment deployment = new Deployment(context, home.deploy(), folder::seen, PATIENCE);
        context.registerService(
                HomeCommands.class,
                new HomeCommands(
                        deployment,
                        new ConfigurationDeployment(
                                home.deploy(), home.conf(), file -> outcome(context, file), PATIENCE),
                        home.log().resolve("pollux.log"),
                        new FlightRecording(distribution.recording(), home.log())),
                FrameworkUtil.asDictionary(Map.of(
                        "osgi.command.scope",
                        "pollux",
                        "osgi.command.function",
                        new String[] {"deploy", "undeploy", "logs", "record"},
                        "pollux.command",
                        new String[] {
                            "deploy {jars}: copy a jar or a configuration into deploy/, and print the result",
                            "undeploy {deployed}: remove a jar or a configuration from deploy/ and from the server",
                            "logs -f -n: the last lines of the log; -n N lines; -f: and those that follow",
                            "record --for: a recording by the JDK's Flight Recorder; --for 30s: so long"
                        })));
    }

    /** Asks the bundle that reads the files; empty while it is not there. */
    @SuppressWarnings("unchecked") // its property says what it is
    private static Optional<List<String>> outcome(BundleContext context, Path file) {
        try {
            for (ServiceReference<?> reference :
                    context.getServiceReferences(Function.class, "(pollux.outcome=conf)")) {
                Object reader = context.getService(reference);
                if (reader != null) {
                    try {
                        return ((Function<Path, Optional<List<String>>>) reader).apply(file);
                    } finally {
                        context.ungetService(reference);
                    }
                }
            }
            return Optional.empty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deploys a jar or a configuration; the path is absolute. */
    public void deploy(String file) throws IOException, InterruptedException {
        try {
            boolean isConfiguration = file.endsWith(ConfigurationDeployment.ENDING);
            System.out.println(
                    isConfiguration ? configurations.deploy(Path.of(file)) : deployment.deploy(Path.of(file)));
        } catch (IOException e) {
            throw new IOException(file + " cannot be deployed: " + Home.reason(e), e);
        }
    }

    /** Removes a jar by its name, or by the symbolic name of its bundle, and a configuration by its name. */
    public void undeploy(String name) throws IOException, InterruptedException {
        boolean isConfiguration = name.endsWith(ConfigurationDeployment.ENDING);
        System.out.println(isConfiguration ? configurations.undeploy(name) : deployment.undeploy(name));
    }

    /** {@code logs [-f] [-n N]}. */
    public void logs(String... options) throws IOException, InterruptedException {
        int lines = LINES;
        boolean follow = false;
        for (int i = 0; i < options.length; i++) {
            if (options[i].equals("-f")) {
                follow = true;
            } else if (options[i].equals("-n") && i + 1 < options.length && options[i + 1].matches("[0-9]{1,9}")) {
                lines = Integer.parseInt(options[++i]);
            } else {
                throw new IllegalArgumentException("write logs, logs -n N, or logs -f");
            }
        }
        LogTail tail = new LogTail(log, System.out);
        long end = tail.last(lines);
        if (follow) {
            tail.follow(end);
        }
    }

    /** {@code record [--for 30s]}. */
    public void record(String... options) throws IOException, InterruptedException {
        String length = switch (options.length) {
            case 0 -> "30s";
            case 2 -> options[0].equals("--for") ? options[1] : "";
            default -> "";
        };
        Path file = recording.make(FlightRecording.length(length), System.out);
        System.out.println("wrote " + file);
        System.out.println(
                "'jfr summary " + file + "' lists its events, 'jfr print --events \"org.pollux.*\" " + file
                        + "' prints those of Pollux, and JDK Mission Control opens it. It has addresses of clients: keep it secret");
    }
}

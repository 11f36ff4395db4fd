package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * The commands for the shell about the folders of the home: {@code pollux:deploy}, {@code pollux:undeploy} and {@code pollux:logs}. They
 * print to the session that asked; Gogo sees to it that this is what {@link System#out} is, and calls them by reflection.
 */
public final class HomeCommands {

    /** Less than the time for which the command {@code pollux} waits without output. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final int LINES = 20;

    private final Deployment deployment;
    private final Path log;

    private HomeCommands(Deployment deployment, Path log) {
        this.deployment = deployment;
        this.log = log;
    }

    static void register(BundleContext context, Home home, DeployFolder folder) {
        Deployment deployment = new Deployment(context, home.deploy(), folder::seen, PATIENCE);
        context.registerService(
                HomeCommands.class,
                new HomeCommands(deployment, home.log().resolve("pollux.log")),
                FrameworkUtil.asDictionary(Map.of(
                        "osgi.command.scope",
                        "pollux",
                        "osgi.command.function",
                        new String[] {"deploy", "undeploy", "logs"},
                        "pollux.command",
                        new String[] {
                            "deploy {jars}: copy a jar into deploy/, and say what has become of it",
                            "undeploy {deployed}: remove a jar from deploy/, and its bundle from the server",
                            "logs -f -n: the last lines of the log; -n N lines; -f: and those that follow"
                        })));
    }

    /** Deploys a jar; the path is absolute. */
    public void deploy(String file) throws IOException, InterruptedException {
        try {
            System.out.println(deployment.deploy(Path.of(file)));
        } catch (IOException e) {
            throw new IOException(file + " cannot be deployed: " + Home.reason(e), e);
        }
    }

    /** Removes a jar by its name, or by the symbolic name of its bundle. */
    public void undeploy(String name) throws IOException, InterruptedException {
        System.out.println(deployment.undeploy(name));
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
}

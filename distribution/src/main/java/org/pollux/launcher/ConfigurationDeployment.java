package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts a file {@code PID.cfg} into {@code deploy/} or takes one out, waits until the server has followed, and tells the result. From
 * any thread that may wait.
 */
final class ConfigurationDeployment {

    static final String ENDING = ".cfg";

    private final Path folder;
    private final Path conf;
    private final Function<Path, Optional<List<String>>> outcome;
    private final DeployedFile.Wait server;

    /**
     * @param conf where the configurations are that the operator writes
     * @param outcome empty while a file, or its removal, has not taken effect; then the parts that are not in force, a line each
     * @param patience how long to wait for the server
     */
    ConfigurationDeployment(Path folder, Path conf, Function<Path, Optional<List<String>>> outcome, Duration patience) {
        this.folder = folder;
        this.conf = conf;
        this.outcome = outcome;
        this.server = new DeployedFile.Wait(patience);
    }

    /**
     * Copies a file into the folder.
     *
     * @return that it is in force
     * @throws IllegalArgumentException when it is not one that can be deployed
     * @throws IllegalStateException when it is not in force, or not entirely, with the reasons
     */
    String deploy(Path source) throws IOException, InterruptedException {
        Path other = conf.resolve(String.valueOf(source.getFileName()));
        if (Files.exists(other)) {
            throw new IllegalArgumentException(
                    other + " is the configuration of that PID: change it there; it takes effect when it is saved");
        }
        Path target = DeployedFile.copy(source, ENDING, folder);
        await(target);
        return target.getFileName() + " is in force";
    }

    /**
     * Removes a file from the folder.
     *
     * @param name with its ending
     * @return that it is not in force any more
     * @throws IllegalArgumentException when there is none
     * @throws IllegalStateException when its values are still in force, with the reason
     */
    String undeploy(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        if (!folder.equals(file.getParent()) || !Files.deleteIfExists(file)) {
            throw new IllegalArgumentException("'" + name + "' is not in " + folder);
        }
        await(file);
        return name + " is not in force any more";
    }

    private void await(Path file) throws InterruptedException {
        List<String> problems = server.await(
                "the server has not followed the change of " + file + " after " + server.seconds()
                        + " s; 'pollux status' and the log say more",
                () -> outcome.apply(file));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems));
        }
    }
}

package org.pollux.reactor.runtime;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Recorder;

/** A server in a process of its own, for a test that takes all its descriptors: it greets every connection. */
final class DescriptorLimit {

    private DescriptorLimit() {}

    /**
     * Says its port, then every half a second how many turns it made.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException, URISyntaxException, ClassNotFoundException {
        loadAllClasses();
        try (EventLoop loop = new EventLoop(new NioBackend())) {
            Listener listener = loop.listen(TestLoop.anyPort(), connection -> new Recorder() {
                @Override
                protected void opened(Connection c) {
                    c.write(Bytes.of("!"));
                }
            });
            say("port " + TestLoop.port(listener));
            long[] before = {0};
            loop.every(Duration.ofMillis(500), event -> {
                say("turns " + (loop.loop().counters().turns() - before[0]));
                before[0] = loop.loop().counters().turns();
            });
            loop.run();
        }
    }

    /** From a folder of classes each one needs a descriptor; a bundle's jar is open already. */
    private static void loadAllClasses() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(EventLoop.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> names;
        try (Stream<Path> files =
                Files.walk(classes.resolve(EventLoop.class.getPackageName().replace('.', '/')))) {
            names = files.map(file -> classes.relativize(file).toString().replace('/', '.'))
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
        for (String name : names) {
            Class.forName(name);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}

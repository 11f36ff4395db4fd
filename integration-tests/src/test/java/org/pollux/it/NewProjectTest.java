package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.tck.PollerContract;

/**
 * Each kind of {@code pollux new} compiles and its tests pass, on the class path of this build. The script {@code
 * integration-tests/new-projects} does the same with Maven and a server.
 */
class NewProjectTest {

    @TempDir
    private Path folder;

    private record Outcome(int status, String text) {}

    private Outcome pollux(String... arguments) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "printed", ".txt");
        Process process = new ProcessBuilder(Stream.concat(Stream.of("../pollux"), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> String.join(" ", arguments));
        return new Outcome(process.exitValue(), Files.readString(printed));
    }

    private Path project(String kind) throws IOException, InterruptedException {
        Path project = folder.resolve(kind);
        Outcome outcome = pollux("new", kind, "com.acme.my-own", project.toString());
        assertEquals(0, outcome.status(), outcome.text());
        return project;
    }

    @ParameterizedTest
    @CsvSource({"protocol, 3", "handler, 2", "filter, 3"})
    void aNewProjectCompilesAndItsTestsPass(String kind, int tests) throws Exception {
        try (URLClassLoader classes = compiled(project(kind))) {
            String test = "com.acme.myown.MyOwn" + kind.substring(0, 1).toUpperCase() + kind.substring(1) + "Test";
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(classes.loadClass(test)))
                                    .build(),
                            listener);
            assertEquals(List.of(), listener.getSummary().getFailures());
            assertEquals(tests, listener.getSummary().getTestsSucceededCount());
        }
    }

    /** Its tests compile. They are those of the sample, whose build runs them; here it polls once, by its own name. */
    @Test
    void aNewBackendCompilesAndPolls() throws Exception {
        try (URLClassLoader classes = compiled(project("backend"))) {
            Class<?> contract = classes.loadClass("com.acme.myown.MyOwnPollerContractTest");
            assertEquals(PollerContract.class, contract.getSuperclass());
            Backend backend = (Backend) classes.loadClass("com.acme.myown.MyOwnBackend")
                    .getConstructor()
                    .newInstance();
            assertEquals("my-own", backend.name());
            try (Poller poller = backend.open()) {
                assertEquals(0, poller.poll(0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "handler", "filter", "backend"})
    void nothingIsLeftOfTheTemplate(String kind) throws Exception {
        for (Path file : files(project(kind))) {
            String text = file + Files.readString(file);
            assertTrue(!text.matches("(?is).*(sample|pollpoller|pollbackend|@version@|org.example).*"), text);
        }
    }

    /** Its names contain those of the template. */
    @Test
    void aNameMayContainOneOfTheTemplates() throws Exception {
        Path project = folder.resolve("project");
        Outcome outcome = pollux("new", "handler", "org.example.sample.my-sample", project.toString());
        assertEquals(0, outcome.status(), outcome.text());
        try (URLClassLoader classes = compiled(project)) {
            classes.loadClass("org.example.sample.mysample.MySampleHandler");
        }
        String pom = Files.readString(project.resolve("pom.xml"));
        assertTrue(pom.contains("<groupId>org.example.sample</groupId>"), pom);
        assertTrue(pom.contains("<artifactId>my-sample</artifactId>"), pom);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "new|'new' needs a kind",
                "new protocol|needs a name",
                "new server hello|'server' is not a kind of project",
                "new protocol Hello|'Hello' is not a name for a project",
                "new protocol 1st|'1st' is not a name",
                "new protocol a..b|'a..b' is not a name",
                "new protocol a-|'a-' is not a name",
                "new protocol com.acme.switch|'switch' is a keyword of Java",
                "new protocol org.pollux.hello|the group 'org.pollux' is not yours",
                "new handler http|'http' would name the class",
                "new backend nio|'nio' is the name of a backend of Pollux",
                "new protocol hello .|. exists already"
            })
    void aNameThatCannotBeIsRefused(String arguments, String reason) throws Exception {
        Outcome outcome = pollux(arguments.split(" "));
        assertEquals(2, outcome.status(), outcome.text());
        assertTrue(outcome.text().contains(reason), outcome.text());
    }

    /** The classes of a project, of its sources and its tests together, compiled without a warning. */
    private static URLClassLoader compiled(Path project) throws IOException {
        Path classes = Files.createDirectory(project.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> sources = manager.getJavaFileObjectsFromPaths(files(project).stream()
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList());
            List<String> options = List.of(
                    "-d", classes.toString(), "-proc:none", "-Xlint:all,-classfile,-path,-processing", "-Werror");
            assertTrue(
                    compiler.getTask(messages, manager, null, options, null, sources)
                            .call(),
                    messages::toString);
        }
        return new URLClassLoader(new URL[] {classes.toUri().toURL()});
    }

    private static List<Path> files(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}

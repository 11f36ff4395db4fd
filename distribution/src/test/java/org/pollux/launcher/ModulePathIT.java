package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plain program on the module path: it uses what is exported, and does not see what is inside. */
final class ModulePathIT {

    private static final String MODULE = """
            module user {
                requires org.pollux.reactor.runtime;
                requires org.pollux.reactor.nio;
                exports user;
            }
            """;

    private static final String PROGRAM = """
            package user;

            import java.time.Duration;
            import org.pollux.reactor.nio.NioBackend;
            import org.pollux.reactor.runtime.EventLoop;

            public final class Main implements java.util.concurrent.Callable<String> {
                @Override
                public String call() throws Exception {
                    StringBuilder heard = new StringBuilder();
                    try (var reactor = new EventLoop(new NioBackend())) {
                        reactor.after(Duration.ZERO, _ -> heard.append("a timer on ").append(reactor.backend()));
                        reactor.run();
                    }
                    return heard.toString();
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aProgramUsesTheReactorAndABackend() throws Exception {
        Path classes = compile(PROGRAM);
        Path[] path = Stream.concat(Stream.of(classes), jars().stream()).toArray(Path[]::new);
        Configuration modules =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(path), ModuleFinder.of(), Set.of("user"));
        ModuleLayer layer = ModuleLayer.defineModulesWithOneLoader(
                        modules, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader())
                .layer();
        Object program =
                layer.findLoader("user").loadClass("user.Main").getConstructor().newInstance();
        assertEquals("a timer on nio", ((java.util.concurrent.Callable<?>) program).call());
        assertFalse(layer.findModule("org.pollux.reactor.runtime")
                .orElseThrow()
                .isExported("org.pollux.reactor.runtime.net"));
    }

    @Test
    void whatIsInsideIsNotVisible() throws IOException {
        StringWriter said = new StringWriter();
        String inner = PROGRAM.replace(
                "org.pollux.reactor.runtime.EventLoop;", "org.pollux.reactor.runtime.net.StreamConnection;");
        assertFalse(compile(inner, said), "it compiles");
        assertTrue(said.toString().contains("package org.pollux.reactor.runtime.net is not visible"), said.toString());
    }

    private Path compile(String program) throws IOException {
        StringWriter said = new StringWriter();
        assertTrue(compile(program, said), said::toString);
        return folder.resolve("classes");
    }

    private boolean compile(String program, StringWriter said) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Path sources = Files.createDirectories(folder.resolve("user"));
        Path module = Files.writeString(folder.resolve("module-info.java"), MODULE);
        Path main = Files.writeString(sources.resolve("Main.java"), program);
        try (var files = javac.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    folder.resolve("classes").toString(),
                    "--module-path",
                    String.join(":", jars().stream().map(Path::toString).toList()));
            return javac.getTask(said, files, null, options, null, files.getJavaFileObjects(module, main))
                    .call();
        }
    }

    /** What a plain program needs, from the distribution. */
    private static List<Path> jars() throws IOException {
        Path home = Path.of("target/pollux");
        List<String> names = List.of("reactor-api", "reactor-nio", "reactor-runtime", "slf4j-api");
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(
                            file -> names.contains(file.getFileName().toString().replaceFirst("-\\d.*", "")))
                    .toList();
        }
    }
}

package org.pollux.site;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The javadoc of the packages that the modules of a tree export: those that say {@code @Export}. */
final class Javadoc {

    private final List<Path> sources = new ArrayList<>();
    private final List<String> packages = new ArrayList<>();

    Javadoc(Path tree) throws IOException {
        try (Stream<Path> modules = Files.list(tree)) {
            for (Path module : modules.sorted().toList()) {
                Path source = module.resolve("src/main/java");
                if (Files.isDirectory(source)) {
                    sources.add(source);
                    addExported(source);
                }
            }
        }
    }

    private void addExported(Path source) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(file -> file.endsWith("package-info.java")).sorted().toList()) {
                if (Files.readString(file).lines().anyMatch(line -> line.startsWith("@Export"))) {
                    packages.add(source.relativize(file.getParent()).toString().replace(File.separatorChar, '.'));
                }
            }
        }
    }

    /** Returns whether there was no warning. All of them are printed. */
    boolean write(Path folder) {
        List<String> arguments = new ArrayList<>(List.of(
                "-d", folder.toString(),
                "-sourcepath", String.join(File.pathSeparator, sources.stream().map(Path::toString).toList()),
                "-classpath", System.getProperty("java.class.path"),
                "-encoding", "UTF-8", "-docencoding", "UTF-8",
                "-windowtitle", "Pollux", "-doctitle", "Pollux",
                "-header", "<a style=\"color: white\" href=\"{@docRoot}/../index.html\">Guides</a>",
                "-Xdoclint:all,-missing", "-Werror", "-quiet", "-notimestamp", "-Xmaxwarns", "1000", "-Xmaxerrs", "1000",
                "--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED"));
        arguments.addAll(packages);
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = ToolProvider.findFirst("javadoc").orElseThrow().run(out, out, arguments.toArray(new String[0]));
        if (status != 0) {
            System.err.println(said);
        }
        return status == 0;
    }
}

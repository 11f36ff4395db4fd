package org.pollux.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes a static site of a source tree: README, the guides, the decisions, every file and folder of the tree that they
 * link to, and the javadoc. Links are relative, so the site works from a folder. A fault ends it with 1: a link that leads
 * nowhere, or one of the javadoc.
 */
public final class Site {

    private final Path tree;
    private final Path site;
    private final Navigation navigation;

    /** What is still to be written, in the order in which it was linked to; and all that was. */
    private final Deque<Path> pending = new ArrayDeque<>();

    private final Set<Path> known = new TreeSet<>();

    private Site(Path tree, Path site) throws IOException {
        this.tree = tree;
        this.site = site;
        navigation = Navigation.of(tree);
    }

    /**
     * Makes the site. What was in its folder is removed.
     *
     * @param args the source tree, and the folder of the site
     */
    public static void main(String[] args) throws IOException {
        Path tree = Path.of(args[0]).toRealPath();
        Path folder = Path.of(args[1]).toAbsolutePath();
        delete(folder);
        Site site = new Site(tree, folder);
        int pages = site.write();
        boolean documented = new Javadoc(tree).write(folder.resolve("javadoc"));
        List<String> broken = Links.broken(folder).stream()
                .filter(link -> documented || !link.contains("javadoc/")) // it is told once that there is none
                .toList();
        broken.forEach(System.err::println);
        if (!documented || !broken.isEmpty()) {
            System.err.println("pollux docs: " + broken.size() + " links lead nowhere"
                    + (documented ? "" : ", and the javadoc has the faults above"));
            System.exit(1);
        }
        System.out.println(pages + " pages and the javadoc: " + folder.resolve("index.html"));
    }

    /** Writes the pages of the navigation and whatever they link to. */
    private int write() throws IOException {
        navigation.pages().forEach(this::want);
        while (!pending.isEmpty()) {
            write(pending.remove());
        }
        Files.createDirectories(site);
        try (var style = Site.class.getResourceAsStream("site.css")) {
            Files.write(site.resolve("site.css"), style.readAllBytes());
        }
        return known.size();
    }

    private void want(Path file) {
        if (known.add(file)) {
            pending.add(file);
        }
    }

    private void write(Path file) throws IOException {
        Path from = tree.resolve(file);
        Path to = site.resolve(target(file));
        Files.createDirectories(to.getParent());
        switch (Kind.of(from)) {
            case MARKDOWN -> {
                Markdown page = Markdown.read(from, link -> follow(file, link));
                Files.writeString(to, Page.of(page.title(), page.html(), navigation, file, to, site));
            }
            case SOURCE -> {
                String code = "<h1>" + file.getFileName() + "</h1>\n<pre><code>" + Page.escape(Files.readString(from))
                        + "</code></pre>\n";
                Files.writeString(to, Page.of(file.toString(), code, navigation, file, to, site));
            }
            case FOLDER -> Files.writeString(to, Page.of(file.toString(), listing(file), navigation, file, to, site));
            case PICTURE -> Files.copy(from, to);
        }
    }

    /** The files of a folder, each with a link. */
    private String listing(Path folder) throws IOException {
        StringBuilder list = new StringBuilder("<h1>" + folder + "</h1>\n<ul>\n");
        try (Stream<Path> entries = Files.list(tree.resolve(folder))) {
            for (Path entry : entries.sorted().toList()) {
                Path file = tree.relativize(entry);
                if (!file.endsWith("target")) {
                    want(file);
                    list.append("<li><a href=\"%s\">%s</a></li>\n"
                            .formatted(target(folder).getParent().relativize(target(file)), file.getFileName()));
                }
            }
        }
        return list.append("</ul>\n").toString();
    }

    /** A link of a page of the tree, as the site has it. What is not in the tree stays as it is: the check will find it. */
    private String follow(Path page, String link) {
        if (link.startsWith("#") || link.matches("[a-z]+:.*")) {
            return link;
        }
        int anchor = link.indexOf('#') < 0 ? link.length() : link.indexOf('#');
        Path file = tree.relativize(tree.resolve(page).resolveSibling(link.substring(0, anchor)).normalize());
        if (file.startsWith("..") || !Files.exists(tree.resolve(file))) {
            return link;
        }
        want(file);
        Path folder = target(page).getParent();
        return (folder == null ? target(file) : folder.relativize(target(file))) + link.substring(anchor);
    }

    /** Where the site has a file of the tree. */
    private Path target(Path file) {
        if (file.equals(Path.of("README.md"))) {
            return Path.of("index.html");
        }
        return switch (Kind.of(tree.resolve(file))) {
            case MARKDOWN -> Path.of(file.toString().replaceFirst("\\.md$", ".html"));
            case SOURCE -> Path.of(file + ".html");
            case FOLDER -> file.resolve("index.html");
            case PICTURE -> file;
        };
    }

    private enum Kind {
        MARKDOWN,
        SOURCE,
        FOLDER,
        PICTURE;

        static Kind of(Path file) {
            String name = file.toString();
            if (Files.isDirectory(file)) {
                return FOLDER;
            }
            return name.endsWith(".md") ? MARKDOWN : name.matches(".*\\.(png|svg|ico|gz|br)") ? PICTURE : SOURCE;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

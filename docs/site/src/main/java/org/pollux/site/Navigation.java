package org.pollux.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The pages that every page leads to, in groups. A page is a Markdown file of the tree. */
record Navigation(List<Group> groups) {

    record Group(String title, List<Entry> entries) {}

    record Entry(Path page, String title) {}

    static Navigation of(Path tree) throws IOException {
        List<Entry> first = new ArrayList<>();
        for (String name : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "samples/README.md")) {
            first.add(entry(tree, Path.of(name)));
        }
        List<Entry> guides = entries(tree, "docs", Comparator.comparing(Entry::title, String.CASE_INSENSITIVE_ORDER));
        List<Entry> decisions = entries(tree, "docs/adr", Comparator.comparing(entry -> entry.page().toString()));
        return new Navigation(List.of(
                new Group("Pollux", first), new Group("Guides", guides), new Group("Decisions", decisions)));
    }

    List<Path> pages() {
        return groups.stream().flatMap(group -> group.entries().stream()).map(Entry::page).toList();
    }

    private static List<Entry> entries(Path tree, String folder, Comparator<Entry> order) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(tree.resolve(folder))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".md")).toList()) {
                entries.add(entry(tree, tree.relativize(file)));
            }
        }
        entries.sort(order);
        return entries;
    }

    /** Its title is the first heading, without marks. */
    private static Entry entry(Path tree, Path page) throws IOException {
        try (Stream<String> lines = Files.lines(tree.resolve(page))) {
            String heading = lines.filter(line -> line.startsWith("# ")).findFirst().orElse("# " + page);
            return new Entry(page, heading.substring(2).replace("`", ""));
        }
    }
}

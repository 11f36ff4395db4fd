package org.pollux.site;

import java.nio.file.Path;

/** The frame of each page: the head, the navigation, and the content. */
final class Page {

    private Page() {}

    /**
     * @param source the file of the tree that it shows
     * @param to the file of the page
     */
    static String of(String title, String content, Navigation navigation, Path source, Path to, Path site) {
        String up = "../".repeat(site.relativize(to).getNameCount() - 1);
        StringBuilder links = new StringBuilder();
        for (Navigation.Group group : navigation.groups()) {
            boolean here = group.entries().stream().anyMatch(entry -> entry.page().equals(source));
            links.append("<details%s><summary>%s</summary>\n<ul>\n"
                    .formatted(here || !group.title().equals("Decisions") ? " open" : "", escape(group.title())));
            for (Navigation.Entry entry : group.entries()) {
                links.append("<li><a href=\"%s\"%s>%s</a></li>\n"
                        .formatted(
                                up + href(entry.page()),
                                entry.page().equals(source) ? " aria-current=\"page\"" : "",
                                escape(entry.title())));
            }
            links.append("</ul></details>\n");
        }
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <link rel="stylesheet" href="%ssite.css">
                </head>
                <body>
                <nav id="pages" aria-label="Pages">
                <p><a href="%sindex.html"><strong>Pollux</strong></a> · <a href="%sjavadoc/index.html">Javadoc</a></p>
                %s</nav>
                <main>
                <p class="narrow"><a href="#pages">All pages</a></p>
                %s</main>
                </body>
                </html>
                """
                .formatted(escape(title), up, up, up, links, content);
    }

    private static String href(Path page) {
        return page.equals(Path.of("README.md")) ? "index.html" : page.toString().replaceFirst("\\.md$", ".html");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}

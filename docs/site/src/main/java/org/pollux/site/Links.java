package org.pollux.site;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for links of a site that lead nowhere inside it: to a file, or to an anchor. Links to other sites are not followed. */
final class Links {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ANCHOR = Pattern.compile("\\b(?:id|name)=\"([^\"]*)\"");

    private final Map<Path, Set<String>> anchors = new HashMap<>();

    private Links() {}

    /** Each broken link in one line: the page and the link. */
    static List<String> broken(Path site) throws IOException {
        Links links = new Links();
        List<String> broken = new ArrayList<>();
        try (Stream<Path> files = Files.walk(site)) {
            for (Path page : files.filter(file -> file.toString().endsWith(".html")).sorted().toList()) {
                Matcher link = LINK.matcher(Files.readString(page));
                while (link.find()) {
                    if (!links.leads(page, link.group(1))) {
                        broken.add(site.relativize(page) + ": " + link.group(1) + " leads nowhere");
                    }
                }
            }
        }
        return broken;
    }

    private boolean leads(Path page, String link) throws IOException {
        if (link.matches("[a-z]+:.*") || link.isEmpty()) {
            return true;
        }
        String[] parts = URLDecoder.decode(link.replace("+", "%2B").replace("&lt;", "<").replace("&gt;", ">"), StandardCharsets.UTF_8)
                .split("#", 2);
        String name = parts[0].replaceFirst("\\?.*", "");
        Path target = name.isEmpty() ? page : page.resolveSibling(name).normalize();
        return Files.isRegularFile(target)
                && (parts.length == 1 || parts[1].isEmpty() || anchorsOf(target).contains(parts[1]));
    }

    private Set<String> anchorsOf(Path page) throws IOException {
        Set<String> known = anchors.get(page);
        if (known == null) {
            known = new HashSet<>();
            Matcher anchor = ANCHOR.matcher(Files.readString(page));
            while (anchor.find()) {
                known.add(anchor.group(1).replace("&lt;", "<").replace("&gt;", ">"));
            }
            anchors.put(page, known);
        }
        return known;
    }
}

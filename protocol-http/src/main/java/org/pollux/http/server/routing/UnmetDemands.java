package org.pollux.http.server.routing;

import java.util.ArrayList;
import java.util.List;
import org.pollux.http.server.syntax.PathPattern;

/** Describes the demands for filters that are not met at one moment. An awaited filter counts as present. */
final class UnmetDemands {

    private final List<MountedHandler> handlers;
    private final List<MountedFilter> filters;
    private final List<Requirement> requirements;

    UnmetDemands(List<MountedHandler> handlers, List<MountedFilter> filters, List<Requirement> requirements) {
        this.handlers = handlers;
        this.filters = filters;
        this.requirements = requirements;
    }

    /** One line for each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Requirement requirement : requirements) {
            add(requirement.filter(), requirement.pattern(), "require in pollux.http", lines);
        }
        for (MountedHandler handler : handlers) {
            for (String name : handler.requires()) {
                for (PathPattern pattern : PathPattern.ofAll(handler.mount().paths())) {
                    add(name, pattern, "its handler", lines);
                }
            }
        }
        return lines;
    }

    private void add(String name, PathPattern at, String by, List<String> lines) {
        List<MountedFilter> named =
                filters.stream().filter(filter -> filter.name().equals(name)).toList();
        boolean met = named.stream()
                .anyMatch(filter -> filter.scope().isAll(at)
                        && (filter.absence() == null || filter.absence().isAwaited()));
        if (!met) {
            boolean missing = named.stream().noneMatch(MountedFilter::isThere);
            lines.add("The filter '" + name + "', which " + by + " demands at " + at + ", "
                    + (missing ? "is missing: requests get 503" : "does not see all of it: requests past it get 503")
                    + ". Start or install its bundle (service property name = " + name
                    + (missing ? ")" : "), or give it the paths, for all methods and hosts"));
        }
    }
}

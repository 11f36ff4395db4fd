package org.pollux.http.server.routing;

import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpFilter;
import org.pollux.http.server.settings.Mount;

/**
 * A filter that is present, or whose paths are kept. The first of two filters is nearer to the handler.
 *
 * @param name by which it can be demanded; empty when it has none
 * @param absence of its service, for which requests wait
 */
record MountedFilter(
        HttpFilter filter,
        Mount mount,
        Scope scope,
        String name,
        @Nullable Absence absence) {

    MountedFilter(HttpFilter filter, Mount mount, String name) {
        this(filter, mount, new Scope(mount), name, null);
    }

    /** The same filter while its service is absent: no request passes. */
    MountedFilter away(Absence missed) {
        Mount mounted = new Mount(mount.paths(), mount.methods(), mount.hosts(), false);
        return new MountedFilter(
                (request, response, _) -> OwnResponses.UNAVAILABLE.handle(request, response),
                mounted,
                scope,
                name,
                missed);
    }

    /** What an operator knows it by: its name, or its class. */
    String shownName() {
        if (!name.isEmpty()) {
            return name;
        }
        return absence == null ? filter.getClass().getSimpleName() : "(away)";
    }

    boolean isThere() {
        return absence == null;
    }
}

package org.pollux.http.server.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.settings.Mount;

/**
 * A handler that is there, or whose paths are kept; the first of two at one path is the one that yields.
 *
 * @param requires the names of filters without which it is not called
 * @param absence of its service, for which its paths wait
 */
record MountedHandler(
        HttpHandler handler,
        Mount mount,
        List<String> requires,
        @Nullable Absence absence) {

    /** The same while its service is away. */
    MountedHandler away(Absence missed) {
        Mount mounted = new Mount(mount.paths(), mount.methods(), mount.hosts(), false);
        return new MountedHandler(OwnResponses.UNAVAILABLE, mounted, requires, missed);
    }
}

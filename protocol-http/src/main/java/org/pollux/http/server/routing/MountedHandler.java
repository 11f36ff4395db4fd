package org.pollux.http.server.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.exchange.Departure;
import org.pollux.http.server.settings.Mount;

/**
 * A handler that is present, or whose paths are kept. Of two handlers at one path, the first yields to the second.
 *
 * @param requires the names of filters without which it is not called
 * @param absence of its service, for which its paths wait
 * @param departure of its service, for which responses without an end of their own wait
 */
record MountedHandler(
        HttpHandler handler,
        Mount mount,
        List<String> requires,
        @Nullable Absence absence,
        Departure departure) {

    MountedHandler(HttpHandler handler, Mount mount, List<String> requires) {
        this(handler, mount, requires, null, new Departure());
    }

    /** The same handler while its service is absent. */
    MountedHandler away(Absence missed) {
        Mount mounted = new Mount(mount.paths(), mount.methods(), mount.hosts(), false);
        return new MountedHandler(OwnResponses.UNAVAILABLE, mounted, requires, missed, departure);
    }
}

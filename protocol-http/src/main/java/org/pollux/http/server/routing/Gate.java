package org.pollux.http.server.routing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.PathPattern;

/** The absent services of a place. A request that needs one of them waits at the gate while that service is awaited. */
final class Gate {

    /** An absent service, and the requests of the place that it is meant for. */
    private record Missing(Absence absence, Scope scope, boolean always) {}

    private final @Nullable Absence handler;
    private final List<Missing> others = new ArrayList<>();

    private Gate(@Nullable Absence handler) {
        this.handler = handler;
    }

    /**
     * Makes the gate of a place.
     *
     * @param handler its absence
     * @param pages the absent error pages, for a response that needs one
     * @return null when no service is absent, the usual case
     */
    static @Nullable Gate of(
            @Nullable Absence handler, List<MountedFilter> filters, List<ErrorPages.Page> pages, PathPattern at) {
        Gate gate = new Gate(handler);
        filters.forEach(filter -> gate.add(filter.absence(), filter.scope(), at));
        pages.forEach(page -> gate.add(page.absence(), page.scope(), at));
        return handler == null && gate.others.isEmpty() ? null : gate;
    }

    private void add(@Nullable Absence absence, Scope scope, PathPattern at) {
        if (absence != null && !scope.isNothing(at)) {
            others.add(new Missing(absence, scope, scope.isAll(at)));
        }
    }

    /** Whether the request whose head is at the buffer's position waits. */
    boolean isClosed(HeadLayout head, ByteBuffer in) {
        if (handler != null && handler.isAwaited()) {
            return true;
        }
        for (Missing missing : others) {
            if (missing.absence.isAwaited() && (missing.always || missing.scope.fits(head, in))) {
                return true;
            }
        }
        return false;
    }
}

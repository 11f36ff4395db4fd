package org.pollux.http.server.routing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.PathPattern;

/** Who is away at a place. A request that needs one of them waits in front of it, as long as that one is awaited. */
final class Gate {

    /** Something that is away, and for which of the place's requests it is meant. */
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
     * @param pages those that are away, for a response that needs one
     * @return null when nobody is away, as a rule
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

package org.pollux.http.server.h2;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Priorities that a client sends before the request they are for (RFC 9218, section 7.1). The latest few are kept, because a
 * client may name streams that it never opens.
 */
final class EarlyPriorities {

    private static final int MOST = 16;

    private @Nullable LinkedHashMap<Integer, Priority> byStream; // most connections never need it

    void put(int stream, Priority priority) {
        LinkedHashMap<Integer, Priority> known = byStream;
        if (known == null) {
            known = new LinkedHashMap<>();
            byStream = known;
        }
        known.putLast(stream, priority);
        if (known.size() > MOST) {
            known.pollFirstEntry();
        }
    }

    /** The priority that was sent for a stream which opens now, or null. */
    @Nullable
    Priority take(int stream) {
        return byStream == null ? null : byStream.remove(stream);
    }
}

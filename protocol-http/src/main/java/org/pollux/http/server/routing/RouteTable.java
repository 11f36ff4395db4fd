package org.pollux.http.server.routing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.syntax.PathPattern;
import org.pollux.http.wire.Octets;

/**
 * The routes by path, immutable. Exact paths are in a hash table with open addressing. A tree is searched when the hash
 * table has no entry. Both are searched with bytes, so no string is created.
 */
final class RouteTable {

    private final byte[][] paths;
    private final @Nullable MethodRoutes[] places;
    private final PathTree<MethodRoutes> patterns = new PathTree<>();

    RouteTable(Map<PathPattern, MethodRoutes> byPattern) {
        Map<String, MethodRoutes> exact = new HashMap<>();
        byPattern.forEach((pattern, place) -> {
            if (pattern.isExact()) {
                exact.put(pattern.toString(), place);
            } else {
                patterns.put(pattern, place);
            }
        });
        int capacity = Integer.highestOneBit(Math.max(1, exact.size())) * 4;
        paths = new byte[capacity][];
        places = new MethodRoutes[capacity];
        exact.forEach(this::put);
    }

    private void put(String path, MethodRoutes place) {
        ByteBuffer key = StandardCharsets.UTF_8.encode(path);
        int index = index(key, 0, key.limit());
        paths[index] = new byte[key.limit()];
        key.get(paths[index]);
        places[index] = place;
    }

    /** The routes of a path that needs no decoding; null when there are none. */
    @Nullable
    MethodRoutes find(ByteBuffer in, int from, int to) {
        MethodRoutes exact = places[index(in, from, to)];
        return exact != null ? exact : patterns.find(in, from, to);
    }

    /** The routes of a decoded path; null when there are none. */
    @Nullable
    MethodRoutes find(String path) {
        ByteBuffer key = StandardCharsets.UTF_8.encode(path);
        return find(key, 0, key.limit());
    }

    /** The index of the path, or of its free place. There is always a free place. */
    private int index(ByteBuffer in, int from, int to) {
        int mask = paths.length - 1;
        int index = hash(in, from, to) & mask;
        while (places[index] != null && !Octets.equals(in, from, to, paths[index])) {
            index = (index + 1) & mask;
        }
        return index;
    }

    private static int hash(ByteBuffer in, int from, int to) {
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + in.get(at);
        }
        return hash ^ (hash >>> 16);
    }
}

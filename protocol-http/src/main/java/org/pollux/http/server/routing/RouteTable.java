package org.pollux.http.server.routing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.syntax.PathPattern;
import org.pollux.http.wire.Octets;

/**
 * What serves which path, immutable: a hash table with open addressing for the exact ones, and a tree that is asked when
 * it has nothing. Both are asked with bytes, so that no string is made.
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

    /** What is at a path that needs no decoding; null when there is nothing. */
    @Nullable
    MethodRoutes find(ByteBuffer in, int from, int to) {
        MethodRoutes exact = places[index(in, from, to)];
        return exact != null ? exact : patterns.find(in, from, to);
    }

    /** What is at a decoded path; null when there is nothing. */
    @Nullable
    MethodRoutes find(String path) {
        ByteBuffer key = StandardCharsets.UTF_8.encode(path);
        return find(key, 0, key.limit());
    }

    /** Where the path is, or would be. There is always a free place. */
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

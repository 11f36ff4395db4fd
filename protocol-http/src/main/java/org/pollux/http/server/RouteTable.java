package org.pollux.http.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Handlers by path, immutable: a hash table with open addressing that is asked with bytes, so that no string is made. */
final class RouteTable {

    private final byte[][] paths;
    private final @Nullable Route[] routes;

    RouteTable(Map<String, Route> byPath) {
        int capacity = Integer.highestOneBit(Math.max(1, byPath.size())) * 4;
        paths = new byte[capacity][];
        routes = new Route[capacity];
        byPath.forEach(this::put);
    }

    private void put(String path, Route route) {
        ByteBuffer key = StandardCharsets.UTF_8.encode(path);
        int place = place(key, 0, key.limit());
        paths[place] = new byte[key.limit()];
        key.get(paths[place]);
        routes[place] = route;
    }

    /** The route of a path that needs no decoding; null when there is none. */
    @Nullable
    Route find(ByteBuffer in, int from, int to) {
        return routes[place(in, from, to)];
    }

    /** The route of a decoded path; null when there is none. */
    @Nullable
    Route find(String path) {
        ByteBuffer key = StandardCharsets.UTF_8.encode(path);
        return find(key, 0, key.limit());
    }

    /** Where the path is, or would be. There is always a free place. */
    private int place(ByteBuffer in, int from, int to) {
        int mask = paths.length - 1;
        int place = hash(in, from, to) & mask;
        while (routes[place] != null && !equals(paths[place], in, from, to)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private static int hash(ByteBuffer in, int from, int to) {
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + in.get(at);
        }
        return hash ^ (hash >>> 16);
    }

    private static boolean equals(byte[] path, ByteBuffer in, int from, int to) {
        if (path.length != to - from) {
            return false;
        }
        for (int i = 0; i < path.length; i++) {
            if (path[i] != in.get(from + i)) {
                return false;
            }
        }
        return true;
    }
}

package org.pollux.http.server.routing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.syntax.PathPattern;
import org.pollux.http.wire.Octets;

/**
 * Values at the patterns of paths, by segment. A lookup takes bytes, so no string is created. The tree is filled once and
 * then never changed.
 *
 * @param <T> the type of the value at a pattern
 */
final class PathTree<T> {

    /** A text between slashes, and the tree behind it. */
    private static final class Branch<T> {

        private final byte[] segment;
        private final PathTree<T> tree = new PathTree<>();

        Branch(byte[] segment) {
            this.segment = segment;
        }
    }

    private final List<Branch<T>> branches = new ArrayList<>();
    private @Nullable PathTree<T> parameter;
    private @Nullable T here;
    private @Nullable T below;

    void put(PathPattern pattern, T value) {
        PathTree<T> tree = this;
        for (String segment : pattern.segments()) {
            tree = PathPattern.isParameter(segment) ? tree.parameter() : tree.branch(segment);
        }
        if (pattern.prefix()) {
            tree.below = value;
        } else {
            tree.here = value;
        }
    }

    private PathTree<T> parameter() {
        PathTree<T> tree = parameter;
        if (tree == null) {
            tree = new PathTree<>();
            parameter = tree;
        }
        return tree;
    }

    private PathTree<T> branch(String segment) {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(segment);
        for (Branch<T> branch : branches) {
            if (Octets.equals(octets, 0, octets.limit(), branch.segment)) {
                return branch.tree;
            }
        }
        byte[] key = new byte[octets.limit()];
        octets.get(key);
        Branch<T> branch = new Branch<>(key);
        branches.add(branch);
        return branch.tree;
    }

    /**
     * The value at the most specific pattern that matches a path: a text comes before a parameter, and both come before an
     * asterisk.
     *
     * @param from where the slash of the next segment is; the end of the path when there is none
     * @return null when no pattern matches
     */
    @Nullable
    T find(ByteBuffer in, int from, int to) {
        if (from == to) {
            return here != null ? here : below;
        }
        int start = from + 1;
        int end = start;
        while (end < to && in.get(end) != '/') {
            end++;
        }
        T found = findBranch(in, start, end, to);
        if (found == null && parameter != null && end > start) {
            found = parameter.find(in, end, to);
        }
        return found != null ? found : below;
    }

    private @Nullable T findBranch(ByteBuffer in, int start, int end, int to) {
        for (int i = 0; i < branches.size(); i++) {
            Branch<T> branch = branches.get(i);
            if (Octets.equals(in, start, end, branch.segment)) {
                return branch.tree.find(in, end, to);
            }
        }
        return null;
    }
}

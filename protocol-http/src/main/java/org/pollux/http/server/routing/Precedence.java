package org.pollux.http.server.routing;

/**
 * Decides which of several services serves a path, or comes in front: the one with the higher ranking, and among equals the
 * one that was registered first.
 *
 * @param ranking as {@code service.ranking}
 * @param order of registration, as {@code service.id}
 */
public record Precedence(int ranking, long order) implements Comparable<Precedence> {

    /** The one that serves comes last. */
    @Override
    public int compareTo(Precedence other) {
        return ranking != other.ranking ? Integer.compare(ranking, other.ranking) : Long.compare(other.order, order);
    }
}

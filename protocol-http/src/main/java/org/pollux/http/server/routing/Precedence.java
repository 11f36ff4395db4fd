package org.pollux.http.server.routing;

/**
 * Which one serves among several of one path, and which one stands in front: the higher ranking, and among equals the one that came
 * first.
 *
 * @param ranking as {@code service.ranking}
 * @param order of coming, as {@code service.id}
 */
public record Precedence(int ranking, long order) implements Comparable<Precedence> {

    /** The one that serves comes last. */
    @Override
    public int compareTo(Precedence other) {
        return ranking != other.ranking ? Integer.compare(ranking, other.ranking) : Long.compare(other.order, order);
    }
}

package org.pollux.it;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The knots of a graph: sets of nodes in which each one reaches all others (its strongly connected components, found as Tarjan
 * describes). A node is the name of a class, and an edge says that the first one knows the second.
 */
final class Knots {

    private final Map<String, Set<String>> graph;
    private final Map<String, Integer> number = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final List<Set<String>> knots = new ArrayList<>();

    private Knots(Map<String, Set<String>> graph) {
        this.graph = graph;
    }

    /** The knots with more nodes than so many. */
    static List<Set<String>> largerThan(int most, Map<String, Set<String>> graph) {
        Knots search = new Knots(graph);
        graph.keySet().stream().filter(node -> !search.number.containsKey(node)).forEach(search::visit);
        return search.knots.stream().filter(knot -> knot.size() > most).toList();
    }

    /** What classes of one package know of one another; a nested class counts as the one around it. */
    static Map<String, Set<String>> inPackage(Stream<JavaClass> classes) {
        Map<String, Set<String>> graph = new TreeMap<>();
        classes.forEach(from -> graph.computeIfAbsent(outermost(from), _ -> new TreeSet<>())
                .addAll(from.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(to -> to.getPackageName().equals(from.getPackageName()))
                        .map(Knots::outermost)
                        .toList()));
        return graph;
    }

    /** A line for each class of a knot, with those that it knows. */
    static String text(Set<String> knot, Map<String, Set<String>> graph) {
        return knot.stream()
                .sorted()
                .map(node -> "\n  " + node + " knows "
                        + graph.getOrDefault(node, Set.of()).stream()
                                .filter(other -> knot.contains(other) && !other.equals(node))
                                .collect(joining(", ")))
                .collect(joining());
    }

    private static String outermost(JavaClass some) {
        return some.getEnclosingClass().map(Knots::outermost).orElseGet(some::getSimpleName);
    }

    private void visit(String node) {
        int own = number.size();
        number.put(node, own);
        lowest.put(node, own);
        open.push(node);
        for (String next : graph.getOrDefault(node, Set.of())) {
            if (!number.containsKey(next)) {
                visit(next);
            }
            if (open.contains(next)) {
                lowest.merge(node, lowest.getOrDefault(next, own), Math::min);
            }
        }
        if (lowest.get(node) == own) {
            Set<String> knot = new TreeSet<>();
            String member;
            do {
                member = open.pop();
                knot.add(member);
            } while (!member.equals(node));
            knots.add(knot);
        }
    }
}

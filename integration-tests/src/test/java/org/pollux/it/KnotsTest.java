package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link HouseTest} relies on: a knot is found, and told. */
final class KnotsTest {

    @Test
    void aRingIsAKnotAndATailIsNone() {
        Map<String, Set<String>> graph = Map.of(
                "a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a", "tail"), "tail", Set.of("end"), "end", Set.of());
        assertEquals(List.of(Set.of("a", "b", "c")), Knots.largerThan(1, graph));
        assertEquals(List.of(), Knots.largerThan(3, graph), "three are not more than three");
    }

    @Test
    void twoRingsThatShareANodeAreOneKnotAndARoadBetweenTwoMakesNone() {
        Map<String, Set<String>> shared = Map.of("a", Set.of("b"), "b", Set.of("a", "c"), "c", Set.of("b"));
        assertEquals(List.of(Set.of("a", "b", "c")), Knots.largerThan(1, shared));
        Map<String, Set<String>> road =
                Map.of("a", Set.of("b"), "b", Set.of("a", "c"), "c", Set.of("d"), "d", Set.of("c"));
        assertEquals(Set.of(Set.of("a", "b"), Set.of("c", "d")), Set.copyOf(Knots.largerThan(1, road)));
    }

    /** ArchUnit's classes of classes know one another, nested ones too; they stand for ours as they were. */
    @Test
    void aKnotOfClassesIsFoundAndTold() {
        Map<String, Set<String>> graph = Knots.inPackage(new ClassFileImporter()
                .importPackages("com.tngtech.archunit.core.domain").stream()
                        .filter(some -> some.getPackageName().equals("com.tngtech.archunit.core.domain")));
        List<Set<String>> knots = Knots.largerThan(6, graph);
        assertTrue(knots.stream().anyMatch(knot -> knot.containsAll(Set.of("JavaClass", "JavaMethod", "JavaField"))));
        String text = Knots.text(knots.getFirst(), graph);
        assertTrue(text.contains("\n  JavaMethod knows "), text);
        assertTrue(
                graph.keySet().stream().noneMatch(name -> name.contains("Builder")),
                "nested classes count as the outer");
    }
}

package org.pollux.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may import whom, package by package. The root pom's enforcer says the same of modules; this sees what a module's
 * dependencies cannot show. A package that belongs to no layer fails too: name it here.
 */
final class HouseTest {
    private static final String[] API = {
        "org.pollux.reactor",
        "org.pollux.reactor.spi",
        "org.pollux.reactor.spi.base",
        "org.pollux.reactor.tls",
        "org.pollux.reactor.tls.base",
        "org.pollux.reactor.admin",
        "org.pollux.http",
        "org.pollux.http.websocket",
        "org.pollux.http.multipart",
        "org.pollux.http.wire",
        "org.pollux.http.wire.hpack",
        "org.pollux.http.wire.frames",
        "org.pollux.http.wire.websocket"
    };
    private static final String[] BACKENDS = {
        "org.pollux.reactor.nio..",
        "org.pollux.reactor.libevent..",
        "org.pollux.reactor.uring..",
        "org.pollux.reactor.chaos..",
        "org.pollux.samples.backend.."
    };
    private static final String[] TLS_ENGINES = {"org.pollux.reactor.tls.openssl..", "org.pollux.reactor.tls.jsse.."};
    private static final String[] PROTOCOLS = {
        "org.pollux.echo..",
        "org.pollux.http.client..",
        "org.pollux.http.server..",
        "org.pollux.http.jdk..",
        "org.pollux.http.files..",
        "org.pollux.http.json..",
        "org.pollux.http.filters..",
        "org.pollux.shell..",
        "org.pollux.servlet..",
        "org.pollux.websocket.."
    };
    /** One part, the server above the reactor. */
    private static final String[] RUNTIME = {"org.pollux.reactor.runtime..", "org.pollux.reactor.server.."};

    /** One part, the contracts above the kit. */
    private static final String[] TESTS = {"org.pollux.reactor.testkit..", "org.pollux.reactor.tck.."};

    private static final String[] PARTS =
            join(join(BACKENDS, TLS_ENGINES), join(PROTOCOLS, RUNTIME), join(TESTS, new String[] {
                "org.pollux.config..",
                "org.pollux.dashboard..",
                "org.pollux.health..",
                "org.pollux.metrics..",
                "org.pollux.reactor.framing.."
            }));
    private static final String[] SAMPLES = {
        "org.pollux.samples.chat..",
        "org.pollux.samples.console..",
        "org.pollux.samples.remote..",
        "org.pollux.samples.rest..",
        "org.pollux.samples.servlets..",
        "org.pollux.samples.http..",
        "org.pollux.samples.protocol..",
        "org.pollux.samples.plain..",
        "org.pollux.samples.seed..",
        "org.pollux.samples.faulty.."
    };
    private static final String[] TOP = {
        "org.pollux.fetch..", "org.pollux.launcher..", "org.pollux.it..", "org.pollux.http.testkit.."
    };

    /** How many classes of a package may form a cycle. */
    private static final int KNOT = 6;

    /** The rooms of the modules that have several, the upper ones first, and the rooms of the module that each knows. */
    private static final List<Room> ROOMS = List.of(
            room(
                    "reactor.server.osgi",
                    "server",
                    "server.succession",
                    "server.inheritance",
                    "server.tls",
                    "server.certificates",
                    "server.offer",
                    "server.limits",
                    "server.json",
                    "server.tables",
                    "runtime.tls",
                    "runtime.recording"),
            room("reactor.server.succession", "server", "server.endpoints", "server.inheritance"),
            room(
                    "reactor.server",
                    "server.endpoints",
                    "server.inheritance",
                    "server.tls",
                    "server.certificates",
                    "server.loops",
                    "server.limits",
                    "server.offer",
                    "runtime.loop"),
            room(
                    "reactor.server.endpoints",
                    "server.inheritance",
                    "server.tls",
                    "server.loops",
                    "server.limits",
                    "server.offer",
                    "runtime.proxy",
                    "runtime.net",
                    "runtime.loop"),
            room(
                    "reactor.server.tls",
                    "server.tables",
                    "server.certificates",
                    "server.loops",
                    "server.offer",
                    "runtime.tls",
                    "runtime.net",
                    "runtime.recording"),
            room("reactor.server.certificates"),
            room("reactor.server.inheritance", "server.offer"),
            room(
                    "reactor.server.loops",
                    "runtime.tls",
                    "runtime.proxy",
                    "runtime.net",
                    "runtime.events",
                    "runtime.loop",
                    "runtime.recording"),
            room("reactor.server.limits"),
            room("reactor.server.offer"),
            room("reactor.server.json"),
            room("reactor.server.tables"),
            room("reactor.runtime", "runtime.tls", "runtime.proxy", "runtime.net", "runtime.events", "runtime.loop"),
            room("reactor.runtime.tls", "runtime.net"),
            room("reactor.runtime.proxy", "runtime.net"),
            room("reactor.runtime.net", "runtime.loop", "runtime.recording"),
            room("reactor.runtime.events", "runtime.loop"),
            room("reactor.runtime.loop", "runtime.recording"),
            room("reactor.runtime.recording"),
            room("http.server.osgi", "wires", "routing", "exchange", "limits", "meters", "settings", "syntax"),
            room("http.server", "wires", "routing", "meters", "settings"),
            room("http.server.wires", "h1", "h2", "routing", "exchange", "limits", "meters", "settings"),
            room("http.server.h1", "routing", "exchange", "limits", "meters", "settings", "syntax"),
            room("http.server.h2", "routing", "exchange", "limits", "meters", "settings", "syntax"),
            room("http.server.routing", "exchange", "meters", "settings", "syntax"),
            room("http.server.exchange", "limits", "meters", "recording", "settings", "syntax"),
            room("http.server.limits", "settings"),
            room("http.server.meters"),
            room("http.server.recording"),
            room("http.server.settings", "syntax"),
            room("http.server.syntax"),
            room("http.client.osgi", "reactor", "websocket"),
            room("http.client.websocket", "reactor", "h1", "exchange"),
            room("http.client.reactor", "pool", "exchange"),
            room("http.client.pool", "h1", "h2", "exchange"),
            room("http.client.h1", "exchange"),
            room("http.client.h2", "exchange"),
            room("http.client.exchange"),
            room("servlet.osgi", "servlet", "sessions"),
            room("servlet", "exchange", "sessions"),
            room("servlet.exchange", "body", "forms", "sessions"),
            room("servlet.body"),
            room("servlet.forms"),
            room("servlet.sessions"));

    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("org.pollux");

    @ParameterizedTest
    @MethodSource("all")
    void everyPackageIsLookedAt(String packages) {
        var matcher = PackageMatcher.of(packages);
        assertTrue(
                CLASSES.stream().anyMatch(c -> matcher.matches(c.getPackageName())),
                () -> packages + " has no class on the class path of this test");
    }

    @Test
    void importsRunDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("org.pollux..")
                .layer("api")
                .definedBy(API)
                .layer("parts")
                .definedBy(PARTS)
                .layer("samples")
                .definedBy(SAMPLES)
                .layer("top")
                .definedBy(TOP)
                .whereLayer("parts")
                .mayOnlyBeAccessedByLayers("samples", "top")
                .whereLayer("samples")
                .mayOnlyBeAccessedByLayers("top")
                .whereLayer("top")
                .mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void noPartImportsAnother(String part) {
        List<String> same = Stream.of(List.of(RUNTIME), List.of(TESTS))
                .filter(parts -> parts.contains(part))
                .findFirst()
                .orElse(List.of(part));
        var others = parts().filter(p -> !same.contains(p)).toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(part)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycle() {
        slices().matching("org.pollux.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void neitherProtocolsNorTheirApiKnowTheBackendsSeam() {
        noClasses()
                .that()
                .resideInAnyPackage(join(PROTOCOLS, SAMPLES, "org.pollux.reactor", "org.pollux.http"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pollux.reactor.spi..")
                .check(CLASSES);
    }

    @Test
    void onlyBackendsKnowWhatBackendsShare() {
        noClasses()
                .that()
                .resideOutsideOfPackages(join(
                        BACKENDS,
                        new String[] {"org.pollux.reactor.spi.base"},
                        "org.pollux.reactor.tck.completion",
                        "org.pollux.reactor.server.inheritance", // descriptors pass from process to process
                        "org.pollux.reactor.server.succession"))
                .and()
                .haveNameNotMatching("org.pollux.reactor.runtime.loop.TcpOption.*") // sets an option of a descriptor
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pollux.reactor.spi.base")
                .check(CLASSES);
    }

    @Test
    void aBackendSeesNoConnection() {
        noClasses()
                .that()
                .resideInAnyPackage(join(BACKENDS, new String[] {"org.pollux.reactor.spi.."}))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.pollux\\.reactor\\.(?!Interest$)[A-Z].*")
                .because("of org.pollux.reactor a backend needs Interest alone")
                .check(CLASSES);
    }

    @Test
    void aTlsEngineKnowsTheTlsPackagesAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(TLS_ENGINES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.pollux.reactor", "org.pollux.reactor.spi..", "org.pollux.reactor.admin..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomKnowsOnlyTheRoomsThatItNames(Room room) {
        noClasses()
                .that()
                .resideInAPackage(room.name())
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOMS.stream()
                        .map(Room::name)
                        .filter(other ->
                                !other.equals(room.name()) && !room.known().contains(other))
                        .toArray(String[]::new)))
                .check(CLASSES);
    }

    @Test
    void aRoomNamesOnlyRoomsBelowItself() {
        List<String> order = ROOMS.stream().map(Room::name).toList();
        ROOMS.forEach(room -> assertTrue(
                order.subList(order.indexOf(room.name()) + 1, order.size()).containsAll(room.known()),
                () -> room + " knows a room that is not below it"));
    }

    @Test
    void everyPackageOfAModuleWithRoomsIsARoom() {
        List<String> rooms = ROOMS.stream().map(Room::name).toList();
        assertEquals(
                List.of(),
                packages()
                        .filter(
                                name -> name.matches(
                                        "org\\.pollux\\.((reactor\\.(runtime|server)|http\\.server)(\\..*)?|http\\.client\\..*)"))
                        .filter(name -> !rooms.contains(name))
                        .toList(),
                "name the room in ROOMS, and in docs/architecture.md");
    }

    @ParameterizedTest
    @MethodSource("packages")
    void noClassesOfAPackageFormAKnot(String name) {
        Map<String, Set<String>> graph = Knots.inPackage(
                CLASSES.stream().filter(some -> some.getPackageName().equals(name)));
        List<Set<String>> knots = Knots.largerThan(KNOT, graph);
        assertTrue(
                knots.isEmpty(),
                () -> knots.stream()
                        .map(knot ->
                                knot.size() + " classes of " + name + " know one another:" + Knots.text(knot, graph))
                        .collect(joining("\n")));
    }

    /** A package of a module, and those of the module that it may know. */
    record Room(String name, List<String> known) {}

    private static Room room(String name, String... known) {
        String module = Stream.of("http.server.", "http.client.", "servlet.")
                .filter((name + ".")::startsWith)
                .findFirst()
                .orElse("reactor.");
        return new Room(
                "org.pollux." + name,
                Arrays.stream(known)
                        .map(other -> "org.pollux." + (module.equals(other + '.') ? other : module + other))
                        .toList());
    }

    static Stream<Room> rooms() {
        return ROOMS.stream();
    }

    static Stream<String> packages() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.startsWith("org.pollux.it"))
                .distinct()
                .sorted();
    }

    static Stream<String> all() {
        return Stream.of(API, PARTS, SAMPLES, TOP).flatMap(Arrays::stream);
    }

    static Stream<String> parts() {
        return Arrays.stream(PARTS);
    }

    private static String[] join(String[] some, String[] others, String... more) {
        return Stream.of(some, others, more).flatMap(Arrays::stream).toArray(String[]::new);
    }
}

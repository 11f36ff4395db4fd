package org.pollux.config.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CheckerTest {

    private static final Schema HTTP = schema("""
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
              <OCD id="o" name="Pollux HTTP" description="The HTTP server">
                <AD id="headLimit" name="Head limit" type="Integer" default="16384" min="128" max="32768"
                    description="Bytes of the whole head"/>
                <AD id="bodyLimit" name="Body limit" type="Long" default="1073741824" description="Bytes of the body"/>
                <AD id="server" name="Server" type="String" default="" description="The field"/>
                <AD id="token" name="Token" type="Password" description="What a client must know"/>
                <AD id="pin" name="Pin" type="Password" max="x" description="One of two"><Option label="a" value="1111"/></AD>
              </OCD>
              <Designate pid="pollux.http"><Object ocdref="o"/></Designate>
            </metatype:MetaData>""");

    private static Schema schema(String xml) {
        try {
            return MetatypeReader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                    .getFirst();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Checked check(Map<String, Object> given, Map<String, Object> before) {
        return Checker.check(HTTP, "pollux.http", given, before, _ -> "conf/pollux.http.cfg", CheckerTest::owners);
    }

    /** What other bundles describe. */
    private static List<String> owners(String key) {
        return switch (key) {
            case "connectionsPerAddress" -> List.of("pollux.runtime");
            case "servers" -> List.of("a", "b", "c", "d");
            case "headLimit" -> List.of("pollux.http", "pollux.http.client");
            default -> List.of();
        };
    }

    @Test
    void aBadValueIsRefusedAloneAndTheDefaultHolds() {
        Checked checked = check(Map.of("bodyLimit", "1O0", "headLimit", "8KiB"), Map.of());
        assertEquals(Map.of("bodyLimit", 1073741824L, "headLimit", 8192), checked.values());
        assertEquals(Set.of("bodyLimit"), checked.refused());
        assertEquals(
                List.of(
                        "pollux.http: bodyLimit = 1O0 (conf/pollux.http.cfg) is refused, because it must be a whole number of"
                                + " bytes, plain or followed by one of KB, MB, GB. 1073741824 stays in force"),
                checked.problems());
    }

    @Test
    void theValueBeforeHoldsIfThereWasOne() {
        Checked checked = check(Map.of("bodyLimit", "1O0"), Map.of("bodyLimit", 100L));
        assertEquals(Map.of("bodyLimit", 100L), checked.values());
        assertTrue(checked.problems().getFirst().endsWith(" 100 stays in force"), checked.problems()::toString);
    }

    @Test
    void aKeyThatIsNotKnownIsToldWithTheNearest() {
        Checked checked = check(Map.of("headLimt", "5", "HeadLimit", "6", "nonsense", "7"), Map.of());
        assertEquals(Map.of(), checked.values());
        assertEquals(Set.of("HeadLimit"), checked.refused(), "a component would fail with both");
        assertEquals(
                List.of(
                        "pollux.http: the key HeadLimit (conf/pollux.http.cfg) is not known, so it has no effect. Did you mean"
                                + " headLimit?",
                        "pollux.http: the key headLimt (conf/pollux.http.cfg) is not known, so it has no effect. Did you mean"
                                + " headLimit?",
                        "pollux.http: the key nonsense (conf/pollux.http.cfg) is not known, so it has no effect. 'pollux config"
                                + " pollux.http' lists the known ones"),
                check(new java.util.TreeMap<>(Map.of("headLimt", "5", "HeadLimit", "6", "nonsense", "7")), Map.of())
                        .problems());
    }

    @Test
    void aKeyOfAnotherPidIsToldWithThatPid() {
        assertEquals(
                List.of(
                        "pollux.http: the key connectionsPerAddress (conf/pollux.http.cfg) is not known, so it has no effect. It"
                                + " is a key of pollux.runtime"),
                check(Map.of("connectionsPerAddress", 50), Map.of()).problems());
        assertEquals(
                List.of(
                        "pollux.http: the key servers (conf/pollux.http.cfg) is not known, so it has no effect. It is a key"
                                + " of a, b, c. Did you mean server?"),
                check(Map.of("servers", "x"), Map.of()).problems());
        assertEquals(List.of(), check(Map.of("headLimit", 500), Map.of()).problems(), "it is this PID's too");
    }

    @Test
    void keysOfTheFrameworkAreKnown() {
        Map<String, Object> given = Map.of(
                "service.pid", "pollux.http",
                "service.ranking", 5,
                "felix.fileinstall.filename", "file:/x",
                "component.name", "x",
                "reactor.target", "(a=b)",
                ".private", "x");
        assertEquals(List.of(), check(given, Map.of()).problems());
    }

    @Test
    void aSecretIsNotShown() {
        Checked checked =
                check(Map.of("token", new String[] {"hunter2", "x"}, "pin", "hunter2", "tokne", "hunter2"), Map.of());
        assertEquals(3, checked.problems().size());
        assertFalse(checked.problems().toString().contains("hunter2"), checked.problems()::toString);
    }

    @Test
    void aProblemIsOneLineWhateverTheValueHas() {
        String nasty = "1\n2026-01-01 ERROR forged\u001b[31m\u2028\u202e" + "x".repeat(10_000);
        String problem = check(Map.of("bodyLimit", nasty), Map.of()).problems().getFirst();
        assertTrue(problem.contains("1\\u000A2026-01-01 ERROR forged\\u001B[31m\\u2028\\u202Exxx"), problem);
        assertEquals(1, problem.lines().count());
        assertTrue(problem.length() < 500, problem);
    }

    @Test
    void faultsAreBoundedInNumber() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            many.put("k" + i, "v");
        }
        List<String> problems = check(many, Map.of()).problems();
        assertEquals(21, problems.size());
        assertEquals("pollux.http: 980 more faults of this configuration", problems.getLast());
    }

    @Test
    void withoutADescriptionAnyKeyMayBeUsed() {
        Schema schema = new Schema("my.pid", "", "", false, false, List.of(), Set.of());
        assertEquals(
                List.of(),
                Checker.check(schema, "my.pid", Map.of("any", "x"), Map.of(), _ -> "", _ -> List.of())
                        .problems());
    }

    @Test
    void propertiesOfTheComponentAreKnownToo() {
        Checked checked = Checker.check(
                HTTP.withMore(Set.of("methods")),
                "pollux.http",
                Map.of("methods", "GET"),
                Map.of(),
                _ -> "",
                _ -> List.of());
        assertEquals(List.of(), checked.problems());
    }
}

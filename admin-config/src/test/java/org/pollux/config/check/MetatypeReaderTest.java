package org.pollux.config.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetatypeReaderTest {

    private static InputStream xml(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatBndWrites() throws IOException {
        Schema schema = MetatypeReader.read(xml("""
                <?xml version="1.0" encoding="UTF-8"?>
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0" localization="x">
                  <OCD id="C" name="Name" description="Said" localization="x">
                    <AD id="status" type="String" cardinality="2147483647" name="Status" description="Which" default="404,41\\,0"/>
                    <AD id="level" type="Integer" min="1" max="9" name="Level" description="How" default="6">
                      <Option label="six" value="6"/>
                    </AD>
                  </OCD>
                  <Designate factoryPid="a.b"><Object ocdref="C"/></Designate>
                </metatype:MetaData>
                """)).getFirst();
        assertEquals("a.b", schema.pid());
        assertTrue(schema.factory());
        Attribute status = schema.attributes().getFirst();
        assertEquals(List.of("404", "41,0"), status.defaults());
        Attribute level = schema.attributes().getLast();
        assertEquals(Kind.INTEGER, level.kind());
        assertEquals("from 1 to 9", level.range());
        assertEquals(List.of("6"), level.options());
    }

    @Test
    void readsTheComponentsOfABundle() throws IOException {
        List<Schema> found = new ArrayList<>();
        MetatypeReader.readComponent(xml("""
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="my.Handler" configuration-pid="$ more">
                  <property name="path" type="String" value="/x"/>
                  <implementation class="my.Handler"/>
                </scr:component>
                """), found::add);
        assertEquals(
                List.of("my.Handler", "more"), found.stream().map(Schema::pid).toList());
        assertEquals(Set.of("path"), found.getFirst().more());
    }

    @Test
    void expandsNoEntities() {
        assertThrows(IOException.class, () -> MetatypeReader.read(xml("""
                <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>""")));
    }

    @Test
    void theNearestNameIsFound() {
        Set<String> known = Set.of("headLimit", "headTimeout", "bodyLimit");
        assertEquals(Optional.of("headLimit"), Nearest.of("headLimt", known));
        assertEquals(Optional.of("headLimit"), Nearest.of("HEADLIMIT", known));
        assertEquals(Optional.of("bodyLimit"), Nearest.of("boydLimit", known));
        assertEquals(Optional.empty(), Nearest.of("pump", known));
        assertEquals(Optional.of("pollux.http"), Nearest.of("pollux.htp", Set.of("pollux.http", "pollux.echo")));
        assertEquals(Optional.empty(), Nearest.of("x".repeat(100_000), known));
    }
}

package org.pollux.reactor.tls.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NameTableTest {

    private static final NameTable<String> TABLE = new NameTable<>(Map.of(
            "example.org",
            "exact",
            "*.example.org",
            "wildcard",
            "Www.Example.org",
            "www",
            "192.0.2.1",
            "address",
            "0:0:0:0:0:0:0:1",
            "v6"));

    @Test
    void theExactNameIsBeforeTheWildcard() {
        assertEquals("exact", TABLE.find("example.org"));
        assertEquals("www", TABLE.find("www.example.org"));
        assertEquals("wildcard", TABLE.find("shop.example.org"));
        assertEquals("address", TABLE.find("192.0.2.1"));
        assertEquals("v6", TABLE.find("::1"));
    }

    @Test
    void caseAndTheDotOfTheRootAreTheSame() {
        assertEquals("exact", TABLE.find("EXAMPLE.ORG."));
        assertEquals("wildcard", TABLE.find("Shop.Example.Org"));
    }

    @Test
    void aWildcardCoversOneLabel() {
        assertNull(TABLE.find("a.shop.example.org"));
        assertNull(TABLE.find(".example.org"));
        assertNull(TABLE.find("example.com"));
        assertNull(TABLE.find("org"));
        assertNull(TABLE.find(""));
        assertNull(TABLE.find("example.org:443"));
    }
}

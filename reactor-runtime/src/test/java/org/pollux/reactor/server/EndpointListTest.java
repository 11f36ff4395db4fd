package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.reactor.server.offer.EndpointList;

/** How endpoints are written. */
final class EndpointListTest {

    private static String read(Object property) {
        EndpointList list = EndpointList.of(property);
        assertEquals(Map.of(), list.malformed());
        return list.addresses().toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://127.0.0.1:7007",
                "tcp://[::1]:7007",
                "tcp://[fe80::1]:65535",
                "tcp://[fe80::1%eth0]:80",
                "tcp://0.0.0.0:0",
                "tcp://my-host.example:80",
                "udp://127.0.0.1:7007",
                "udp://[::]:7007",
                "unix:/run/my.sock",
                "unix:my.sock",
                "unix:run/my.sock?mode=660",
                "unix:./@name",
                "unix:run/a@b",
                "unix:/run/../run/my.sock",
                "unix:///run/my.sock",
                "unix:my..sock",
                "unix:my.sock?mode=777"
            })
    void whatIsRightIsShownAsItWasWritten(String text) {
        assertEquals("[" + text + "]", read(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    7007                       | begins with no known scheme
                    http://127.0.0.1:80        | begins with no known scheme
                    TCP://127.0.0.1:80         | begins with no known scheme
                    tcp:127.0.0.1:80           | begins with no known scheme
                    tcp://                     | names no port
                    tcp://127.0.0.1            | names no port
                    tcp://[::1]                | names no port
                    tcp://[::1]7007            | names no port
                    tcp://:7007                | names no host
                    tcp://*:7007               | has a host that is neither a name nor an address
                    tcp://a/b:7007             | has a host that is neither a name nor an address
                    tcp://::1:7007             | has an IPv6 address without brackets
                    tcp://[::1:7007            | has no closing bracket
                    tcp://[127.0.0.x]:7007     | has no IPv6 address between its brackets
                    tcp://[fe80::1%]:80        | names no interface
                    tcp://[fe80::x%25eth0]:80  | has no IPv6 address between its brackets
                    tcp://[]:7007              | has no IPv6 address between its brackets
                    tcp://127.0.0.1:           | has the port ''
                    tcp://127.0.0.1:http       | has the port 'http'
                    tcp://127.0.0.1:-1         | has the port '-1'
                    tcp://127.0.0.1:65536      | has the port '65536'
                    tcp://127.0.0.1:7007/      | has the port '7007/'
                    udp://127.0.0.1:99999999   | has the port '99999999'
                    unix:                      | names no file
                    unix:?mode=600             | names no file
                    unix:@name                 | names an abstract socket, which Java cannot make
                    unix:@                     | names an abstract socket, which Java cannot make
                    unix:@a/b?mode=600         | names an abstract socket, which Java cannot make
                    unix:run/                  | names a folder
                    unix:/                     | names a folder
                    unix:.                     | names a folder
                    unix:run/..                | names a folder
                    unix:/run/.                | names a folder
                    unix:../my.sock            | may lead out of the server's home
                    unix:run/../my.sock        | may lead out of the server's home
                    unix://run/my.sock         | has two slashes where its path begins
                    unix:my.sock?mode=rw       | has 'mode=rw' behind its path
                    unix:my.sock?mode=888      | has 'mode=888' behind its path
                    unix:my.sock?mode=6600     | has 'mode=6600' behind its path
                    unix:my.sock?owner=me      | has 'owner=me' behind its path
                    unix:my.sock?              | has '' behind its path
                    """)
    void whatIsWrongIsNamedWithItsValue(String text, String what) {
        EndpointList list = EndpointList.of(text);
        assertEquals(0, list.addresses().size());
        String problem = list.malformed().get(text);
        assertTrue(
                problem != null && problem.startsWith("The endpoint '" + text + "' " + what),
                () -> text + ": " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:\0", "unix:\0name", "unix:a\0b", "unix:a\u001b[31mb", "unix:a\u007f"})
    void aPathHasNoControlCharacters(String text) {
        String problem = String.valueOf(EndpointList.of(text).malformed().get(text));
        assertTrue(problem.contains("has a control character in its path"), problem);
    }

    @Test
    void anInterfaceMayBeWrittenAsInAUrl() {
        assertEquals("[tcp://[fe80::1%eth0]:80]", read("tcp://[fe80::1%25eth0]:80"));
    }

    @Test
    void oneTextMayListSeveral() {
        assertEquals("[tcp://a:1, udp://b:2, unix:c]", read("tcp://a:1, udp://b:2  unix:c,"));
    }

    @Test
    void anArrayOrACollectionListsSeveral() {
        assertEquals("[tcp://a:1, tcp://b:2]", read(new String[] {"tcp://a:1", "tcp://b:2"}));
        assertEquals("[tcp://a:1, tcp://b:2]", read(List.of("tcp://a:1", "tcp://b:2")));
    }

    @Test
    void theSameTwiceIsOnce() {
        assertEquals("[tcp://a:1]", read("tcp://a:1 tcp://a:1"));
    }

    @Test
    void nothingIsNoEndpoint() {
        assertEquals("[]", read(" "));
    }

    @Test
    void whatIsWrongDoesNotSpoilTheRest() {
        EndpointList list = EndpointList.of("tcp://a:1, nonsense");
        assertEquals("[tcp://a:1]", list.addresses().toString());
        assertEquals(List.of("nonsense"), List.copyOf(list.malformed().keySet()));
    }
}

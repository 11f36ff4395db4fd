package org.pollux.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the shell may listen. */
final class ShellEndpointsTest {

    private static ShellEndpoints of(boolean allowNetwork, String... configured) {
        return ShellEndpoints.of(configured, allowNetwork);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unix:run/shell.sock",
                "unix:/run/pollux.sock",
                "unix:run/shell.sock?mode=600",
                "unix:run/shell.sock?mode=660"
            })
    void aSocketThatItsOwnerOrItsGroupMayOpenIsServed(String endpoint) {
        assertEquals(new ShellEndpoints(List.of(endpoint), List.of()), of(false, endpoint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://0.0.0.0:7070",
                "tcp://[::]:7070",
                "tcp://127.0.0.1:7070",
                "tcp://[::1]:0",
                "tcp://localhost:7070",
                "udp://127.0.0.1:7070",
                "tls://127.0.0.1:7070",
                "TCP://127.0.0.1:7070",
                "unix:@shell",
                "unix:run/shell.sock?mode=666",
                "unix:run/shell.sock?mode=0602",
                "nonsense"
            })
    void everythingElseIsRefusedAndTheDefaultStays(String endpoint) {
        ShellEndpoints refused = of(false, endpoint);
        assertEquals(List.of(ShellEndpoints.DEFAULT), refused.endpoints());
        assertEquals(1, refused.faults().size());
        String fault = refused.faults().getFirst();
        assertTrue(fault.startsWith("pollux.shell: endpoint " + endpoint + " is refused: "), fault);
        assertTrue(fault.contains("allowNetwork = true"), fault);
    }

    @Test
    void ofSeveralOnlyThoseAreRefusedThatLetEverybodyIn() {
        ShellEndpoints mixed = of(false, "tcp://127.0.0.1:1, unix:a.sock", "tcp://[::]:2");
        assertEquals(List.of("unix:a.sock"), mixed.endpoints());
        assertEquals(2, mixed.faults().size());
    }

    @Test
    void whatIsMeantIsServedAndToldOfAndTheCommandStillFindsItsWay() {
        ShellEndpoints meant = of(true, "tcp://0.0.0.0:7070");
        assertEquals(List.of("tcp://0.0.0.0:7070", ShellEndpoints.DEFAULT), meant.endpoints());
        assertTrue(meant.faults().getFirst().startsWith("pollux.shell: endpoint tcp://0.0.0.0:7070 is open without"));
        assertEquals(
                List.of("unix:a", "tcp://127.0.0.1:1"),
                of(true, "unix:a tcp://127.0.0.1:1").endpoints());
    }

    @Test
    void theKeyAloneIsNoFault() {
        assertEquals(new ShellEndpoints(List.of("unix:a"), List.of()), of(true, "unix:a"));
    }

    @Test
    void noEndpointAtAllIsNoShell() {
        assertEquals(new ShellEndpoints(List.of(), List.of()), of(false, ""));
    }
}

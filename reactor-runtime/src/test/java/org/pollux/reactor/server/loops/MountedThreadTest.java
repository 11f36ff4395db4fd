package org.pollux.reactor.server.loops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MountedThreadTest {

    /** As a JVM of version 25 writes it. */
    private static final String DUMP = """
              {
                "tid": "23",
                "virtual": true,
                "name": "handler 7",
                "state": "RUNNABLE",
                "stack": [
                  "org.example.Busy$$Lambda\\/0x00007f0b30040000.run(Unknown Source)",
                  "org.example.Busy.turn(Busy.java:2)",
                  "java.base\\/java.lang.VirtualThread.run(VirtualThread.java:460)"
                ],
                "carrier": "24"
              },
              {
                "tid": "25",
                "virtual": true,
                "name": "",
                "state": "WAITING",
                "stack": [
                  "java.base\\/java.lang.VirtualThread.park(VirtualThread.java:735)"
                ]
              },
              {
                "tid": "27",
                "virtual": true,
                "name": "",
                "stack": [
                ],
                "carrier": "28"
              }
            """;

    private static final List<MountedThread> MOUNTED = MountedThread.read(DUMP.lines());

    @Test
    void whatHasACarrierIsMounted() {
        assertEquals(
                List.of("handler 7", ""),
                MOUNTED.stream().map(MountedThread::name).toList());
    }

    @Test
    void aFrameTellsItsClassWithoutTheModule() {
        assertEquals(
                List.of("org.example.Busy$$Lambda/0x00007f0b30040000", "org.example.Busy", "java.lang.VirtualThread"),
                MOUNTED.getFirst().stack().stream()
                        .map(StackTraceElement::getClassName)
                        .toList());
        assertEquals(2, MOUNTED.getFirst().stack().get(1).getLineNumber());
    }

    @Test
    void itSaysWhereItIs() {
        assertEquals(
                "the virtual thread 'handler 7' in org.example.Busy$$Lambda/0x00007f0b30040000.run(Unknown Source)",
                MOUNTED.getFirst().where());
        assertEquals("a virtual thread", MOUNTED.getLast().where());
    }
}

package org.pollux.reactor.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.tls.TicketKey;

class TicketKeysTest {

    private static final Duration RESUMPTION = Duration.ofHours(1);
    private static final byte[] KEY = key((byte) 7);

    @TempDir
    Path folder;

    private long now;

    private static byte[] key(byte octet) {
        byte[] key = new byte[TicketKey.BYTES];
        Arrays.fill(key, octet);
        return key;
    }

    private Path write(byte... octets) throws IOException {
        Path file = folder.resolve("ticket.keys");
        Files.write(file, octets, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void turn(TicketKeys keys, Duration later) {
        now += later.toNanos();
        keys.turn(now, RESUMPTION);
    }

    @Test
    void aFileThatIsThereIsInForceAtOnce() throws IOException {
        Path _ = write(KEY);
        TicketKeys keys = new TicketKeys(folder);
        turn(keys, Duration.ZERO);
        assertEquals(List.of(new TicketKey(KEY)), keys.inForce());
    }

    @Test
    void aFileThatIsStillWrittenIsNoFault() throws IOException {
        TicketKeys keys = new TicketKeys(folder);
        turn(keys, Duration.ZERO);
        List<TicketKey> own = keys.inForce();
        Path _ = write(Arrays.copyOf(KEY, 10));
        turn(keys, Duration.ofMillis(250));
        turn(keys, Duration.ofMillis(250));
        assertEquals(own, keys.inForce());
        assertEquals(0, keys.problems().count());

        Path _ = write(Arrays.copyOfRange(KEY, 10, KEY.length));
        turn(keys, Duration.ofMillis(250));
        turn(keys, Duration.ofMillis(600));
        assertEquals(List.of(new TicketKey(KEY)), keys.inForce());
        assertEquals(0, keys.problems().count());
    }

    @Test
    void aFileThatStaysShortIsTold() throws IOException {
        TicketKeys keys = new TicketKeys(folder);
        turn(keys, Duration.ZERO);
        Path _ = write(Arrays.copyOf(KEY, 10));
        turn(keys, Duration.ofMillis(250));
        turn(keys, Duration.ofMillis(2000));
        assertTrue(keys.problems().findFirst().orElseThrow().contains("it has 10 bytes"));
        assertNotEquals(List.of(), keys.inForce());
    }

    @Test
    void anOwnKeyEncryptsForAsLongAsASessionMayLastAndDecryptsAsLongAgain() {
        TicketKeys keys = new TicketKeys(folder);
        turn(keys, Duration.ZERO);
        TicketKey first = keys.inForce().getFirst();
        turn(keys, RESUMPTION.minusSeconds(1));
        assertEquals(List.of(first), keys.inForce());
        turn(keys, Duration.ofSeconds(1));
        assertEquals(2, keys.inForce().size());
        assertEquals(first, keys.inForce().getLast());
        turn(keys, RESUMPTION);
        assertFalse(keys.inForce().contains(first));
    }
}

package org.pollux.echo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;
import org.pollux.reactor.testkit.UpdateContract;

/** An update of echo keeps its connections. */
final class UpdateTest {

    @Test
    void itsPeersNoticeNothing() {
        UpdateContract.holds(EchoProtocol::new, "some bytes".getBytes(US_ASCII));
    }

    @Test
    void aPeerThatDoesNotReadIsReadFromAgainByTheNextVersion() {
        HandConnection connection = new HandConnection(new HandReactor(), new EchoProtocol());
        connection.block();
        connection.receive(new byte[100_000]);
        assertTrue(connection.isReadingPaused());
        assertTrue(connection.passTo(new EchoProtocol()));
        assertTrue(connection.isReadingPaused());
        connection.drain();
        assertFalse(connection.isReadingPaused());
        connection.receive("more");
        assertEquals(100_004, connection.sentBytes().length);
    }

    @Test
    void aStateThatItDoesNotKnowIsRefused() {
        HandConnection connection = new HandConnection(new HandReactor(), new EchoProtocol());
        assertThrows(
                IllegalArgumentException.class, () -> new EchoProtocol().adopt(connection, ByteBuffer.allocate(1)));
    }
}

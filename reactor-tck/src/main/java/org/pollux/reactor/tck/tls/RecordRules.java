package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsSession.Status;

/** T11, T19 and T23 with records that the JDK's engine does not send. */
interface RecordRules extends TlsRules {

    /** A server's session that has shaken hands; the hello came in records of this size. */
    private RawTalk open(int pieces) throws IOException, GeneralSecurityException {
        Link link = new Link();
        TlsSession session = bench().server().open(link);
        RawClient client = new RawClient();
        byte[] hello = client.hello();
        for (int from = 0; from < hello.length; from += pieces) {
            link.arrive(RawClient.plainRecord(
                    RawClient.HANDSHAKE, Arrays.copyOfRange(hello, from, Math.min(from + pieces, hello.length))));
        }
        Talk.turnUntil("the server has responded", () -> session.handshake() == Status.READ);
        link.arrive(client.finish(link.takeSent()));
        Talk.turnUntil("it is done", () -> session.handshake() == Status.DONE);
        return new RawTalk(session, link, client);
    }

    @Test
    default void t11_aMessageMayBeInManyRecords() throws IOException, GeneralSecurityException {
        RawTalk raw = open(50);
        raw.send(RawClient.DATA, "hello", 0);
        assertEquals("hello", raw.read());
    }

    @Test
    default void t19_recordsWithoutContentAreReadOver() throws IOException, GeneralSecurityException {
        RawTalk raw = open(1_000);
        for (String content : new String[] {"", "ab", "", "", "c", ""}) {
            raw.send(RawClient.DATA, content, 0);
        }
        assertEquals("abc", raw.read());
        assertEquals(0, raw.session().read(ByteBuffer.allocate(10)));
    }

    @Test
    default void t19_paddingIsReadOver() throws IOException, GeneralSecurityException {
        RawTalk raw = open(1_000);
        raw.send(RawClient.DATA, "ab", 1_000);
        raw.send(RawClient.DATA, "c", 0);
        assertEquals("abc", raw.read());
    }

    @Test
    default void t19_aPeerThatSendsOnlyRecordsWithoutContentIsFailed() throws IOException, GeneralSecurityException {
        RawTalk raw = open(1_000);
        for (int i = 0; i < 200; i++) {
            raw.send(RawClient.DATA, "", 0);
        }
        TlsBench.assertFails(Reason.PROTOCOL, raw::read);
    }

    @Test
    default void t23_aFatalAlertIsTheReason() throws IOException, GeneralSecurityException {
        RawTalk raw = open(1_000);
        raw.send(RawClient.DATA, "ab", 0);
        raw.send(RawClient.ALERT, "\2\120", 0); // fatal, internal_error
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals(2, raw.session().read(target));
        assertArrayEquals(new byte[] {'a', 'b'}, Arrays.copyOf(target.array(), 2));
        TlsBench.assertFails(Reason.ALERT, () -> raw.session().read(target));
    }

    @Test
    default void t23_aRecordOfAnUnknownTypeBreaksTheProtocol() throws IOException, GeneralSecurityException {
        RawTalk raw = open(1_000);
        raw.send(99, "ab", 0);
        TlsBench.assertFails(Reason.PROTOCOL, raw::read);
    }
}

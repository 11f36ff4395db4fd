package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.TlsSession.Status;
import org.pollux.reactor.tls.TlsVersion;

/** T23 failures, T24 exceptions of others. */
interface FailureRules extends TlsRules {

    @Test
    default void t23_aPlainRequestIsNotTls() {
        Talk talk = bench().talk(Setup.SERVER_1_3);
        talk.link().arrive("GET / HTTP/1.1\r\nHost: pollux.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        TlsBench.assertFails(Reason.NOT_TLS, talk::step);
        TlsBench.assertFails(Reason.NOT_TLS, talk::step);
    }

    @Test
    default void t23_aPlainResponseIsNotTls() {
        Talk talk = bench().talk(Setup.CLIENT_1_3);
        talk.link().arrive("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        TlsBench.assertFails(Reason.NOT_TLS, talk::step);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_1_2", "SERVER_1_3"})
    default void t23_garbageAfterTheHello(Setup setup) throws IOException {
        Talk talk = bench().talk(setup);
        talk.carry();
        talk.step();
        talk.step();
        talk.link().arrive(new byte[] {22, 3, 3, 0, 5, 99, 0, 0, 1, 7});
        TlsBench.assertFails(Reason.PROTOCOL, talk::step);
        assertThePeerIsTold(talk);
    }

    @ParameterizedTest
    @EnumSource
    default void t23_aRecordThatWasChanged(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] first = talk.peer().send(Talk.pattern(10)).give();
        byte[] second = talk.peer().send(Talk.pattern(10)).give();
        second[second.length - 1] ^= 1;
        talk.link().arrive(Link.joined(first, second));
        ByteBuffer target = ByteBuffer.allocate(100);
        assertEquals(10, talk.session().read(target), "what came before it is good");
        assertTrue(talk.session().hasPlain() || talk.link().waiting() > 0, "the failure waits");
        TlsBench.assertFails(Reason.PROTOCOL, () -> talk.session().read(target));
        TlsBench.assertFails(Reason.PROTOCOL, () -> talk.session().read(target));
        TlsBench.assertFails(
                Reason.PROTOCOL, () -> talk.session().write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1));
        assertFalse(talk.session().hasPlain());
        assertThePeerIsTold(talk);
    }

    @ParameterizedTest
    @EnumSource
    default void t23_whatWouldNotBeTlsAtTheStartBreaksTheProtocolLater(Setup setup) throws IOException {
        byte[] tooLong = {23, 3, 3, (byte) 0xff, (byte) 0xff, 0};
        byte[] request =
                "GET / HTTP/1.1\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII); // more than " /" as a length
        for (byte[] garbage : new byte[][] {tooLong, request}) {
            Talk talk = bench().open(setup);
            talk.link().arrive(garbage);
            TlsBench.assertFails(Reason.PROTOCOL, talk::readAll);
        }
    }

    private static void assertThePeerIsTold(Talk talk) {
        talk.carry();
        assertTrue(talk.peer().failure().contains("fatal alert") || talk.peer().sawTheEnd(), talk.peer()::failure);
    }

    @ParameterizedTest
    @EnumSource
    default void t23_theAlertWaitsForRoom(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] record = talk.peer().send(Talk.pattern(10)).give();
        record[record.length - 1] ^= 1;
        talk.link().arrive(record);
        talk.link().room(0);
        TlsBench.assertFails(Reason.PROTOCOL, talk::readAll);
        assertTrue(talk.session().unsent() > 0);
        talk.link().room(Integer.MAX_VALUE);
        talk.session().flush();
        assertEquals(0, talk.session().unsent());
        assertThePeerIsTold(talk);
        talk.session().closeNotify();
    }

    @ParameterizedTest
    @EnumSource
    default void t23_aPeerThatRefusesTheCertificateSaysSo(TlsVersion version) {
        JdkPeers strangers = JdkPeers.trusting(Keys.OTHER_AUTHORITY);
        Talk talk = bench().talk(bench().server(), strangers.client(version));
        TlsBench.assertFails(Reason.REFUSED_CERTIFICATE, talk::shake);
    }

    @ParameterizedTest
    @EnumSource
    default void t24_anExceptionBelowPassesUnchangedAndIsNoFailure(Setup setup) throws IOException {
        for (Exception fault : new Exception[] {new IOException("reset"), new IllegalStateException("broken")}) {
            Talk talk = bench().talk(setup);
            talk.link().failReads(fault);
            assertSame(fault, assertThrows(Exception.class, talk::step));
            talk.link().failReads(null);
            talk.shake();

            talk.link().failReads(fault);
            assertSame(fault, assertThrows(Exception.class, talk::readAll));
            talk.link().failReads(null);
            talk.peer().send(Talk.pattern(10));
            assertArrayEquals(Talk.pattern(10), talk.read(10));

            talk.link().failWrites(fault);
            ByteBuffer[] data = {ByteBuffer.wrap(Talk.pattern(10))};
            assertSame(fault, assertThrows(Exception.class, () -> talk.session().write(data, 0, 1)));
            if (talk.session().unsent() > 0) {
                assertSame(
                        fault,
                        assertThrows(Exception.class, () -> talk.session().flush()));
            }
            talk.link().failWrites(null);
            talk.session().write(data, 0, 1);
            talk.carry();
            assertArrayEquals(Talk.pattern(10), talk.peer().received());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_1_2", "SERVER_1_3"})
    default void t24_anExceptionWhileWritingTheHandshake(Setup setup) throws IOException {
        Talk talk = bench().talk(setup);
        talk.carry();
        assertEquals(Status.KEY, talk.step());
        IOException fault = new IOException("reset");
        talk.link().failWrites(fault);
        assertSame(fault, assertThrows(IOException.class, talk::step));
        talk.link().failWrites(null);
        talk.shake();
    }

    @ParameterizedTest
    @EnumSource
    default void t24_aFaultOfTheListOfProtocolsFailsTheHandshake(TlsVersion version) {
        var server = bench().engine().server(TlsBench.SERVER.withAlpn(() -> {
            throw new IllegalStateException("broken");
        }));
        Talk talk = bench().talk(
                        server,
                        JdkPeers.usual()
                                .client(
                                        Keys.HOST,
                                        version,
                                        parameters -> parameters.setApplicationProtocols(new String[] {"h2"})));
        var failure = TlsBench.assertFails(Reason.INTERNAL, talk::shake);
        assertTrue(failure.getCause() instanceof IllegalStateException, failure::toString);
    }
}

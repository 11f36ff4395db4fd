package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsSession.Status;

/** T21 close_notify, T22 truncation, T25 free. */
interface EndRules extends TlsRules {

    private static ByteBuffer[] data(int length) {
        return new ByteBuffer[] {ByteBuffer.wrap(Talk.pattern(length))};
    }

    @ParameterizedTest
    @EnumSource
    default void t21_theEndComesAfterEverythingWritten(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.link().room(0);
        talk.session().write(data(1_000), 0, 1);
        talk.session().closeNotify();
        assertTrue(talk.session().unsent() > 1_000);
        talk.link().room(Integer.MAX_VALUE);
        talk.session().flush();
        talk.carry();
        assertArrayEquals(Talk.pattern(1_000), talk.peer().received());
        assertTrue(talk.peer().sawTheEnd());
    }

    @ParameterizedTest
    @EnumSource
    default void t21_itIsSentOnceAndEndsTheOutput(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.link().takeSent();
        talk.session().closeNotify();
        int sent = talk.link().sent();
        assertTrue(sent > 0);
        talk.session().closeNotify();
        assertEquals(sent, talk.link().sent());
        ByteBuffer[] more = data(10);
        assertThrows(IllegalStateException.class, () -> talk.session().write(more, 0, 1));
        assertEquals(10, more[0].remaining());
    }

    @ParameterizedTest
    @EnumSource
    default void t21_readingGoesOn(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.session().closeNotify();
        talk.peer().send(Talk.pattern(100)); // before it sees the end
        talk.carry();
        assertArrayEquals(Talk.pattern(100), talk.readAll());
        talk.peer().close();
        talk.carry();
        assertEquals(-1, talk.session().read(ByteBuffer.allocate(10)));
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_1_3", "CLIENT_1_3"})
    default void t21_writingGoesOnAfterThePeersEnd(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.peer().close();
        talk.carry();
        assertEquals(-1, talk.session().read(ByteBuffer.allocate(10)));
        talk.send(Talk.pattern(100));
        assertArrayEquals(Talk.pattern(100), talk.peer().received());
        talk.session().closeNotify();
        talk.carry();
        assertTrue(talk.peer().sawTheEnd());
    }

    @ParameterizedTest
    @EnumSource
    default void t21_anEarlyCloseGivesUpTheHandshake(Setup setup) throws IOException {
        for (int steps = 0; steps < 3; steps++) {
            Talk talk = bench().talk(setup);
            for (int i = 0; i < steps && talk.step() != Status.DONE; i++) {
                talk.carry();
            }
            talk.session().closeNotify();
            talk.session().closeNotify();
            talk.carry();
            talk.session().free();
        }
    }

    @ParameterizedTest
    @EnumSource
    default void t22_anEndWithoutCloseNotifyIsATruncation(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.peer().send(Talk.pattern(10));
        talk.carry();
        talk.link().end();
        ByteBuffer target = ByteBuffer.allocate(100);
        assertEquals(10, talk.session().read(target));
        TlsBench.assertFails(Reason.TRUNCATED, () -> talk.session().read(target));
        TlsBench.assertFails(Reason.TRUNCATED, () -> talk.session().read(target));
    }

    @ParameterizedTest
    @EnumSource
    default void t22_anEndInsideARecordIsATruncation(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] record = talk.peer().send(new byte[10]).give();
        talk.link().arrive(Arrays.copyOf(record, record.length / 2));
        talk.link().end();
        TlsBench.assertFails(Reason.TRUNCATED, () -> talk.session().read(ByteBuffer.allocate(10)));
    }

    @ParameterizedTest
    @EnumSource
    default void t22_anEndAfterCloseNotifyIsNone(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.peer().close();
        talk.carry();
        talk.link().end();
        assertEquals(-1, talk.session().read(ByteBuffer.allocate(10)));
        assertEquals(-1, talk.session().read(ByteBuffer.allocate(10)));
    }

    @ParameterizedTest
    @EnumSource
    default void t22_anEndInTheHandshakeIsATruncation(Setup setup) throws IOException {
        for (int steps = 0; steps < 3; steps++) {
            Talk talk = bench().talk(setup);
            for (int i = 0; i < steps; i++) {
                talk.carry();
                if (talk.step() == Status.DONE) {
                    return;
                }
            }
            talk.link().end();
            TlsBench.assertFails(Reason.TRUNCATED, () -> Talk.turnUntil("it fails", () -> talk.step() == Status.DONE));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void t22_closeNotifyInTheHandshakeBreaksTheProtocol(Setup setup) throws IOException {
        Talk talk = bench().talk(setup);
        talk.step();
        talk.link().arrive(new byte[] {21, 3, 3, 0, 2, 1, 0});
        TlsBench.assertFails(Reason.PROTOCOL, () -> Talk.turnUntil("it fails", () -> talk.step() == Status.DONE));
    }

    @ParameterizedTest
    @EnumSource
    default void t25_itIsFreedInEveryState(Setup setup) throws IOException {
        assertFreed(bench().talk(setup));

        Talk shaking = bench().talk(setup);
        shaking.step();
        shaking.carry();
        shaking.step();
        assertFreed(shaking);

        assertFreed(bench().open(setup));

        Talk full = bench().open(setup);
        full.link().room(0);
        full.session().write(data(1_000), 0, 1);
        assertFreed(full);

        Talk closed = bench().open(setup);
        closed.session().closeNotify();
        assertFreed(closed);

        Talk failed = bench().open(setup);
        failed.link().end();
        TlsBench.assertFails(Reason.TRUNCATED, () -> failed.session().read(ByteBuffer.allocate(10)));
        assertFreed(failed);
    }

    private static void assertFreed(Talk talk) {
        TlsSession session = talk.session();
        int sent = talk.link().sent();
        session.free();
        session.free();
        assertEquals(sent, talk.link().sent(), "it sends nothing");
        assertThrows(IllegalStateException.class, session::handshake);
        assertThrows(IllegalStateException.class, () -> session.read(ByteBuffer.allocate(10)));
        assertThrows(IllegalStateException.class, () -> session.write(data(10), 0, 1));
        assertThrows(IllegalStateException.class, session::flush);
        assertThrows(IllegalStateException.class, session::closeNotify);
        assertThrows(IllegalStateException.class, session::info);
        assertFalse(session.hasPlain());
        assertEquals(0, session.unsent());
    }
}

package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.TlsContext;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsSession;

/** T26 detaching. The next version of the engine is here another context of the same one. */
interface DetachRules extends TlsRules {

    private void assumeThatItGivesSessionsAway() {
        assumeFalse(bench().engine().sessionForm().isEmpty(), "it gives no session away");
    }

    private TlsSession moved(Talk talk, Setup setup) {
        TlsSession old = talk.session();
        TlsContext next = setup.isServer() ? bench().server() : bench().client();
        TlsSession adopted = next.adopt(old.detach().orElseThrow(), talk.link());
        assertThrows(IllegalStateException.class, () -> old.read(ByteBuffer.allocate(1)));
        old.free();
        next.close();
        return adopted;
    }

    @ParameterizedTest
    @EnumSource
    default void t26_anAdoptedSessionGoesOn(Setup setup) throws IOException {
        assumeThatItGivesSessionsAway();
        Talk talk = bench().open(setup);
        TlsInfo info = talk.session().info();
        talk.session(moved(talk, setup));
        assertEquals(info, talk.session().info());
        talk.send(Talk.pattern(100));
        assertArrayEquals(Talk.pattern(100), talk.peer().received());
        talk.peer().send(Talk.pattern(200));
        assertArrayEquals(Talk.pattern(200), talk.read(200));
        talk.session().closeNotify();
        talk.carry();
        assertTrue(talk.peer().sawTheEnd());
    }

    @ParameterizedTest
    @EnumSource
    default void t26_nothingThatWaitsIsLost(Setup setup) throws IOException {
        assumeThatItGivesSessionsAway();
        Talk talk = bench().open(setup);
        talk.link().room(0);
        talk.session().write(new ByteBuffer[] {ByteBuffer.wrap(Talk.pattern(1_000))}, 0, 1);
        byte[] records =
                talk.peer().send(Talk.pattern(3_000)).send(Talk.pattern(2_000)).give();
        talk.link().arrive(Arrays.copyOf(records, records.length - 500));
        byte[] beginning = new byte[100];
        talk.session().read(ByteBuffer.wrap(beginning));
        int unsent = talk.session().unsent();

        talk.session(moved(talk, setup));
        assertEquals(unsent, talk.session().unsent());
        talk.link().room(Integer.MAX_VALUE);
        talk.session().flush();
        talk.carry();
        assertArrayEquals(Talk.pattern(1_000), talk.peer().received());
        talk.link().arrive(Arrays.copyOfRange(records, records.length - 500, records.length));
        byte[] rest = talk.readAll();
        assertArrayEquals(Link.joined(Talk.pattern(3_000), Talk.pattern(2_000)), Link.joined(beginning, rest));
    }

    @ParameterizedTest
    @EnumSource
    default void t26_endsGoOver(Setup setup) throws IOException {
        assumeThatItGivesSessionsAway();
        Talk talk = bench().open(setup);
        talk.session().closeNotify();
        talk.peer().send(new byte[10]).close();
        talk.carry();
        talk.session(moved(talk, setup));
        assertThrows(
                IllegalStateException.class,
                () -> talk.session().write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1));
        ByteBuffer target = ByteBuffer.allocate(100);
        assertEquals(10, talk.session().read(target));
        assertEquals(-1, talk.session().read(target));
        talk.session(moved(talk, setup));
        assertEquals(-1, talk.session().read(target));
    }

    @Test
    default void t26_aHandshakeIsNotGivenAway() throws IOException {
        for (Setup setup : Setup.values()) {
            Talk talk = bench().talk(setup);
            talk.step();
            assertTrue(talk.session().detach().isEmpty());
            talk.shake();
        }
    }
}

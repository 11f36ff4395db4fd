package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsException.Reason;

/** T20 later messages. */
interface LaterMessageRules extends TlsRules {

    @ParameterizedTest
    @EnumSource(names = {"SERVER_1_3", "CLIENT_1_3"})
    default void t20_aKeyUpdateIsFollowed(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        for (int i = 0; i < 3; i++) {
            talk.peer().send(Talk.pattern(100)).shakeAgain().send(Talk.pattern(50));
            talk.read(150);
            talk.carry();
            talk.send(Talk.pattern(100));
        }
        assertEquals(300, talk.peer().received().length);
        assertEquals("", talk.peer().failure());
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_1_3", "CLIENT_1_3"})
    default void t20_theResponseToAKeyUpdateWaitsForRoom(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.link().room(0);
        talk.peer().shakeAgain().send(Talk.pattern(50));
        assertArrayEquals(Talk.pattern(50), talk.read(50));
        talk.link().room(Integer.MAX_VALUE);
        talk.send(Talk.pattern(100));
        assertArrayEquals(Talk.pattern(100), talk.peer().received());
    }

    /** The engine may fail the session, or go on without. */
    @ParameterizedTest
    @EnumSource(names = {"SERVER_1_2", "CLIENT_1_2"})
    default void t20_aRenegotiationIsRefused(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.peer().shakeAgain();
        try {
            for (int turn = 0; turn < 10; turn++) {
                talk.carry();
                talk.readAll();
            }
        } catch (TlsException e) {
            assertEquals(Reason.PROTOCOL, e.reason());
        }
        talk.carry();
        assertEquals(1, talk.peer().handshakes());
    }
}

package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsSession.Status;

/** T15 reading, T16 what waits above, T19 records. */
interface ReadRules extends TlsRules {

    @ParameterizedTest
    @EnumSource
    default void t15_readsUpToTheRoomOfAnyBuffer(Setup setup) throws IOException {
        List<IntFunction<ByteBuffer>> kinds = List.of(
                ByteBuffer::allocate,
                ByteBuffer::allocateDirect,
                length -> ByteBuffer.allocate(length + 9).slice(5, length),
                length -> ByteBuffer.allocateDirect(length + 9).slice(5, length));
        Talk talk = bench().open(setup);
        for (IntFunction<ByteBuffer> kind : kinds) {
            talk.peer().send(Talk.pattern(10));
            talk.carry();
            ByteBuffer target = kind.apply(20);
            target.position(3).limit(7);
            assertEquals(4, talk.session().read(target));
            assertEquals(7, target.position());
            assertEquals(7, target.limit());
            target.limit(20);
            assertEquals(6, talk.session().read(target));
            assertEquals(13, target.position());

            byte[] expected = new byte[20];
            System.arraycopy(Talk.pattern(10), 0, expected, 3, 10);
            byte[] actual = new byte[20];
            target.clear().get(actual);
            assertArrayEquals(expected, actual, "the bytes are where they belong, and nothing else is touched");
        }
    }

    @ParameterizedTest
    @EnumSource
    default void t15_returnsZeroWhenThereIsNothingOrNoRoom(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        assertEquals(0, talk.session().read(ByteBuffer.allocate(10)));
        talk.peer().send(new byte[3]);
        talk.carry();
        assertEquals(0, talk.session().read(ByteBuffer.allocate(0)));
        assertEquals(0, talk.session().read(ByteBuffer.allocateDirect(5).position(5)));
        assertEquals(3, talk.session().read(ByteBuffer.allocate(10)));
    }

    @ParameterizedTest
    @EnumSource
    default void t15_theEndComesAfterAllDataAndStays(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.peer().send(Talk.pattern(10)).close();
        talk.carry();
        ByteBuffer target = ByteBuffer.allocateDirect(6);
        assertEquals(6, talk.session().read(target));
        assertEquals(4, talk.session().read(target.clear()));
        assertEquals(-1, talk.session().read(target.clear()));
        assertEquals(-1, talk.session().read(target.clear()));
        assertEquals(0, target.position());
    }

    @ParameterizedTest
    @EnumSource
    default void t15_allOfALongStreamArrivesInOrder(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] bytes = Talk.pattern(300_000);
        ByteBuffer[] targets = {ByteBuffer.allocateDirect(4_093), ByteBuffer.allocate(7), ByteBuffer.allocate(60_001)};
        var received = new ByteArrayOutputStream();
        for (int from = 0; from < bytes.length; from += 60_000) {
            talk.peer().send(Arrays.copyOfRange(bytes, from, from + 60_000));
            talk.carry();
            int turn = 0;
            int count;
            do {
                ByteBuffer target = targets[turn++ % targets.length].clear();
                count = talk.session().read(target);
                byte[] some = new byte[target.flip().remaining()];
                target.get(some);
                received.writeBytes(some);
            } while (count > 0);
        }
        assertArrayEquals(bytes, received.toByteArray());
    }

    @ParameterizedTest
    @EnumSource
    default void t16_whatWaitsIsTold(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.peer().send(new byte[3_000]).send(new byte[20]).send(new byte[3_000]);
        talk.carry();
        int received = 0;
        ByteBuffer target = ByteBuffer.allocate(100);
        for (int count = talk.session().read(target);
                count > 0;
                count = talk.session().read(target.clear())) {
            received += count;
            if (received < 6_020 && talk.link().waiting() == 0) {
                assertTrue(talk.session().hasPlain(), "after " + received + " of 6,020 bytes");
            }
        }
        assertEquals(6_020, received);
        assertFalse(talk.session().hasPlain());
    }

    @ParameterizedTest
    @EnumSource
    default void t16_aPartOfARecordIsNothing(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] record = talk.peer().send(new byte[100]).give();
        for (int i = 0; i < record.length - 1; i++) {
            talk.link().arrive(new byte[] {record[i]});
            assertEquals(0, talk.session().read(ByteBuffer.allocate(200)));
            assertFalse(talk.session().hasPlain());
        }
        talk.link().arrive(new byte[] {record[record.length - 1]});
        assertEquals(100, talk.session().read(ByteBuffer.allocate(200)));
    }

    @ParameterizedTest
    @EnumSource
    default void t16_bytesThatCameWithTheHandshakeAreThere(Setup setup) throws IOException {
        Talk talk = bench().talk(setup);
        Talk.turnUntil("the peer is done", () -> {
            talk.step();
            talk.carry();
            return talk.peer().isDone();
        });
        talk.peer().send(Talk.pattern(10));
        talk.carry();
        Talk.turnUntil("it is done", () -> talk.step() == Status.DONE);
        assertTrue(talk.session().hasPlain() || talk.link().waiting() > 0);
        assertArrayEquals(Talk.pattern(10), talk.readAll());
    }

    @ParameterizedTest
    @EnumSource
    default void t16_anEndBehindDataIsTold(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.peer().send(new byte[10]).close();
        talk.carry();
        assertEquals(10, talk.session().read(ByteBuffer.allocate(10)));
        assertTrue(talk.session().hasPlain() || talk.link().waiting() > 0);
        assertEquals(-1, talk.session().read(ByteBuffer.allocate(10)));
        assertFalse(talk.session().hasPlain());
    }

    /** Updates of keys, each of which asks for one in return. */
    @ParameterizedTest
    @EnumSource(names = {"SERVER_1_3", "CLIENT_1_3"})
    default void t19_aPeerThatAsksAndDoesNotReadIsBounded(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.link().room(0);
        talk.session().write(new ByteBuffer[] {ByteBuffer.allocate(TlsSession.WRITE_AHEAD)}, 0, 1);
        int before = talk.session().unsent();
        try {
            for (int i = 0; i < 2_000; i++) {
                talk.peer().send(new byte[1]).shakeAgain();
                talk.link().arrive(talk.peer().give());
                talk.readAll();
            }
            int more = talk.session().unsent() - before;
            assertTrue(more < 32 * 1_024, () -> more + " bytes of responses wait");
        } catch (TlsException e) {
            assertEquals(Reason.PROTOCOL, e.reason());
        }
    }
}

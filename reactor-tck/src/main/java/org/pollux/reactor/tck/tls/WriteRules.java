package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.TlsSession;

/** T17 writing, T18 what waits below. */
interface WriteRules extends TlsRules {

    @ParameterizedTest
    @EnumSource
    default void t17_takesTheBuffersOfTheRangeInOrder(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] bytes = Talk.pattern(12);
        ByteBuffer direct = ByteBuffer.allocateDirect(9);
        direct.put(3, bytes, 4, 5).position(3).limit(8);
        ByteBuffer[] data = {
            ByteBuffer.allocate(7),
            ByteBuffer.wrap(bytes, 0, 4),
            ByteBuffer.allocate(0),
            direct,
            ByteBuffer.wrap(bytes).slice(9, 3).asReadOnlyBuffer(),
            ByteBuffer.allocate(7)
        };
        assertEquals(12, talk.session().write(data, 1, 4));
        talk.carry();
        assertArrayEquals(bytes, talk.peer().received());
        assertEquals(7, data[0].remaining());
        assertEquals(7, data[5].remaining());
        for (int i = 1; i < 5; i++) {
            assertEquals(0, data[i].remaining(), "buffer " + i);
        }
        assertEquals(8, direct.limit());
    }

    @ParameterizedTest
    @EnumSource
    default void t17_forNothingItWritesNothing(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.link().takeSent();
        assertEquals(0, talk.session().write(new ByteBuffer[] {ByteBuffer.allocate(0)}, 0, 1));
        assertEquals(0, talk.session().write(new ByteBuffer[] {ByteBuffer.allocate(5)}, 0, 0));
        assertEquals(0, talk.link().sent());
    }

    @ParameterizedTest
    @EnumSource
    default void t17_largeWritesArrive(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] bytes = Talk.pattern(500_000);
        ByteBuffer[] data = {ByteBuffer.wrap(bytes)};
        assertEquals(bytes.length, talk.session().write(data, 0, 1));
        talk.carry();
        assertArrayEquals(bytes, talk.peer().received());
    }

    @ParameterizedTest
    @EnumSource
    default void t17_tinyWritesArrive(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] bytes = Talk.pattern(300);
        for (byte one : bytes) {
            assertEquals(1, talk.session().write(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {one})}, 0, 1));
        }
        talk.carry();
        assertArrayEquals(bytes, talk.peer().received());
    }

    @ParameterizedTest
    @EnumSource
    default void t17_takesNoMoreThanTheLimitAhead(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] bytes = Talk.pattern(200_000);
        ByteBuffer[] data = {ByteBuffer.wrap(bytes)};
        talk.link().room(0);
        long taken = talk.session().write(data, 0, 1);
        assertTrue(taken > 0 && taken <= TlsSession.WRITE_AHEAD, () -> taken + " bytes are taken");
        assertEquals(taken, data[0].position());
        assertEquals(0, talk.session().write(data, 0, 1), "encrypted bytes wait");
        assertEquals(taken, data[0].position());

        talk.link().room(Integer.MAX_VALUE);
        talk.send(Arrays.copyOfRange(bytes, (int) taken, bytes.length));
        assertArrayEquals(bytes, talk.peer().received());
    }

    @ParameterizedTest
    @EnumSource
    default void t18_whatWaitsIsKeptInOrder(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] bytes = Talk.pattern(100_000);
        ByteBuffer[] data = {ByteBuffer.wrap(bytes)};
        Talk.turnUntil("all is sent", () -> {
            talk.link().room(3_000);
            talk.session().write(data, 0, 1);
            talk.link().room(100);
            talk.session().flush();
            talk.carry();
            return !data[0].hasRemaining() && talk.session().unsent() == 0;
        });
        assertArrayEquals(bytes, talk.peer().received());
    }

    @ParameterizedTest
    @EnumSource
    default void t18_unsentCountsWhatWaits(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.link().takeSent();
        assertEquals(0, talk.session().unsent());
        talk.session().flush();
        assertEquals(0, talk.link().sent());

        talk.link().room(0);
        talk.session().write(new ByteBuffer[] {ByteBuffer.allocate(1_000)}, 0, 1);
        int waiting = talk.session().unsent();
        assertTrue(waiting > 1_000, () -> waiting + " encrypted bytes for 1,000");
        talk.link().room(300);
        talk.session().flush();
        assertEquals(waiting - 300, talk.session().unsent());
        assertEquals(300, talk.link().sent());
        talk.link().room(Integer.MAX_VALUE);
        talk.session().flush();
        assertEquals(0, talk.session().unsent());
        assertEquals(waiting, talk.link().sent());
    }

    /** The buffers are the caller's when the call returns. */
    @ParameterizedTest
    @EnumSource
    default void t18_whatWaitsIsACopy(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        talk.link().room(0);
        byte[] bytes = Talk.pattern(1_000);
        talk.session().write(new ByteBuffer[] {ByteBuffer.wrap(bytes)}, 0, 1);
        Arrays.fill(bytes, (byte) 0);
        talk.link().room(Integer.MAX_VALUE);
        talk.session().flush();
        talk.carry();
        assertArrayEquals(Talk.pattern(1_000), talk.peer().received());
    }
}

package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.TlsSession.Status;
import org.pollux.reactor.tls.TlsVersion;

/** T11 pieces of any size, T12 steps, T13 expensive steps, T14 nothing earlier. */
interface HandshakeRules extends TlsRules {

    @ParameterizedTest
    @EnumSource
    default void t11_piecesMayHaveAnySize(Setup setup) throws IOException {
        for (int size : new int[] {1, 1_000}) {
            Talk talk = bench().talk(setup);
            talk.link().readsAtMost(size).writesAtMost(size);
            talk.shake();
            byte[] bytes = Talk.pattern(size == 1 ? 500 : 20_000);
            talk.send(bytes);
            assertArrayEquals(bytes, talk.peer().received());
            talk.peer().send(bytes);
            assertArrayEquals(bytes, talk.read(bytes.length));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void t11_manyRecordsMayComeAtOnce(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        byte[] bytes = Talk.pattern(100_000);
        for (int from = 0; from < bytes.length; from += 1_000) {
            talk.peer().send(Arrays.copyOfRange(bytes, from, from + 1_000));
        }
        assertArrayEquals(bytes, talk.read(bytes.length));
    }

    @ParameterizedTest
    @EnumSource
    default void t12_itReadsUntilBytesCome(Setup setup) throws IOException {
        Talk talk = bench().talk(setup);
        assertEquals(Status.READ, talk.step());
        int sent = talk.link().sent();
        assertEquals(!setup.isServer(), sent > 0, "a client begins");
        assertEquals(Status.READ, talk.step());
        assertEquals(sent, talk.link().sent(), "nothing is sent twice");
    }

    @ParameterizedTest
    @EnumSource
    default void t12_itWritesUntilThereIsRoom(Setup setup) throws IOException {
        Talk talk = bench().talk(setup);
        if (setup.isServer()) {
            talk.carry();
            assertEquals(Status.KEY, talk.step());
        }
        talk.link().room(0);
        assertEquals(Status.WRITE, talk.step());
        assertEquals(Status.WRITE, talk.step());
        talk.link().room(10);
        assertEquals(Status.WRITE, talk.step());
        assertEquals(10, talk.link().sent());
        talk.link().room(Integer.MAX_VALUE);
        assertEquals(Status.READ, talk.step());
        talk.shake();
    }

    @ParameterizedTest
    @EnumSource
    default void t12_itIsDoneOnlyWhenAllIsSent(Setup setup) throws IOException {
        Talk talk = bench().talk(setup);
        talk.link().writesAtMost(50);
        Talk.turnUntil("it is done", () -> {
            Status status = talk.step(); // which looks at what is unsent
            if (status != Status.WRITE) {
                talk.carry();
            }
            return status == Status.DONE;
        });
    }

    @ParameterizedTest
    @EnumSource
    default void t12_doneStaysDone(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        assertEquals(Status.DONE, talk.step());
        assertEquals(0, talk.link().sent());
    }

    @ParameterizedTest
    @EnumSource
    default void t13_aServerSaysSoOnceBeforeItUsesItsKey(TlsVersion version) throws IOException {
        Talk talk = bench().talk(bench().server(), JdkPeers.usual().client(version));
        byte[] hello = talk.peer().give();
        talk.link().arrive(Arrays.copyOf(hello, hello.length - 1));
        assertEquals(Status.READ, talk.step());
        talk.link().arrive(new byte[] {hello[hello.length - 1]});
        assertEquals(Status.KEY, talk.step());
        assertEquals(0, talk.link().sent(), "nothing was signed yet");
        List<Status> later = new ArrayList<>();
        Talk.turnUntil("it is done", () -> {
            later.add(talk.step());
            talk.carry();
            return later.getLast() == Status.DONE;
        });
        assertTrue(later.getFirst() != Status.KEY, "the next call does it");
    }

    @Test
    default void t14_nothingIsReadOrWrittenBefore() throws IOException {
        for (Setup setup : Setup.values()) {
            Talk talk = bench().talk(setup);
            for (int turn = 0; turn < 2; turn++) {
                assertThrows(IllegalStateException.class, () -> talk.session().read(ByteBuffer.allocate(10)));
                ByteBuffer[] data = {ByteBuffer.allocate(10)};
                assertThrows(IllegalStateException.class, () -> talk.session().write(data, 0, 1));
                assertEquals(10, data[0].remaining());
                assertThrows(IllegalStateException.class, () -> talk.session().info());
                talk.step();
                talk.carry();
            }
            talk.shake();
        }
    }
}

package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Case 47: the bytes of an open stream that are in the kernel, in the queue, or left by the handler. */
interface SwapStreamRules extends SwapRules {

    @Test
    default void case47_bytesUnreadInTheKernelComeOnce() {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        peer.sendSome(Bytes.of("unread"));
        bench().swap();
        bench().settle();
        assertEquals("unread", recorder.text());
        peer.send(", and more");
        bench().settle();
        assertEquals("unread, and more", recorder.text());
    }

    @Test
    default void case47_bytesUnsentInTheQueueGoOutWhileItIsSwappedAgainAndAgain() {
        byte[] data = Bytes.random(10 * Bytes.MB);
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        bench().onLoop(() -> recorder.connection().write(ByteBuffer.wrap(data)));
        bench().turnUntil("all is sent", () -> {
            bench().swap();
            return peer.receiveSome().size() >= data.length;
        });
        assertArrayEquals(data, peer.received());
        bench().settle();
        assertEquals(List.of("open", "drained"), recorder.log());
    }

    @Test
    default void case47_aFileOnItsWayIsSentOnWhileItIsSwappedAgainAndAgain(@TempDir Path folder) throws IOException {
        byte[] data = Bytes.random(12 * Bytes.MB);
        Path path = Files.write(folder.resolve("file"), data);
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        try (FileChannel file = FileChannel.open(path)) {
            bench().onLoop(() -> recorder.connection().transfer(file, 0, data.length));
            bench().turnUntil("all is sent", () -> {
                bench().swap();
                return peer.receiveSome().size() >= data.length;
            });
            bench().settle();
        }
        assertArrayEquals(data, peer.received());
        assertEquals(List.of("open", "drained"), recorder.log());
    }

    /** Writes until the system takes no more: a poller that sends later then holds bytes that it must hand over. */
    @Test
    default void case47_whatThePeerDoesNotTakeYetIsSentByTheNextPollerAndThenTheEnd() {
        byte[] data = Bytes.random(12 * Bytes.MB);
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        bench().onLoop(() -> {
            recorder.connection().write(ByteBuffer.wrap(data));
            recorder.connection().closeWithoutLinger();
        });
        turnUntilNothingIsTaken(recorder);
        bench().swap();
        turnUntilNothingIsTaken(recorder);
        bench().swap();
        bench().turnUntil("all is sent", () -> peer.receiveSome().size() >= data.length);
        assertArrayEquals(data, peer.received());
        peer.receivesEnd();
        bench().settle();
        assertEquals(List.of("open", "closed"), recorder.log());
    }

    private void turnUntilNothingIsTaken(Recorder recorder) {
        long[] pending = {-1};
        int[] unchanged = {0};
        bench().turnUntil("nothing more is taken", () -> {
            bench().settle();
            long now = recorder.connection().pending();
            unchanged[0] = now == pending[0] ? unchanged[0] + 1 : 0;
            pending[0] = now;
            return unchanged[0] == 5;
        });
    }

    @Test
    default void case47_bytesUnsentInTheQueueGoOutWithTheNextPollerAlone() {
        byte[] data = Bytes.random(10 * Bytes.MB);
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        bench().onLoop(() -> recorder.connection().write(ByteBuffer.wrap(data)));
        bench().swap();
        assertArrayEquals(data, peer.receive(data.length));
        assertEquals(0, recorder.connection().pending());
    }

    @Test
    default void case47_whatAHandlerLeftUnreadIsPresentedAgain() {
        Recorder leaving = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                if (size() > 0 || in.remaining() > 4) {
                    take(in);
                }
            }
        };
        Peer peer = bench().accept(leaving);
        peer.send("left");
        bench().settle();
        bench().swap();
        peer.send(" behind");
        bench().settle();
        assertEquals("left behind", leaving.text());
    }

    @Test
    default void case47_aPausedReaderStaysPausedUntilItResumes() {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        bench().onLoop(() -> recorder.connection().pauseReading());
        peer.send("wait").closeOutput();
        bench().swap();
        bench().settle();
        assertEquals(List.of("open"), recorder.log());
        bench().onLoop(() -> recorder.connection().resumeReading());
        bench().swap();
        bench().turnUntil("it ends", recorder::isClosed);
        assertEquals("wait", recorder.text());
        assertEquals(List.of("open", "data", "inputClosed", "closed"), recorder.log());
    }

    @Test
    default void case47_aPauseAndAResumeBetweenTwoSwapsHold() {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        bench().swap();
        bench().onLoop(() -> recorder.connection().pauseReading());
        bench().swap();
        peer.send("wait");
        bench().settle();
        assertEquals("", recorder.text());
        bench().onLoop(() -> recorder.connection().resumeReading());
        bench().settle();
        assertEquals("wait", recorder.text());
    }

    @Test
    default void case47_unixDomainStreamsGoOn(@TempDir Path folder) throws IOException {
        Recorder recorder = new Recorder();
        var address = UnixDomainSocketAddress.of(folder.resolve("socket"));
        try (Listener listener = bench().reactor().listen(address, connection -> recorder)) {
            Peer peer = bench().dial(listener.local());
            peer.sendSome(Bytes.of("hello"));
            bench().swap();
            bench().turnUntil("it comes", () -> recorder.text().equals("hello"));
            bench().swap();
            bench().onLoop(() -> recorder.connection().write(Bytes.of("hello, too")));
            peer.receives("hello, too");
        }
    }
}

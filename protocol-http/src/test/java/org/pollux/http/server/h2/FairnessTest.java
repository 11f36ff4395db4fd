package org.pollux.http.server.h2;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.HandServer;

/** The connections of a loop advance together, and so do the streams of a connection, however much there is to send. */
class FairnessTest {

    private static final int FRAME = 16 * 1024;

    /** What a connection may send before others have a turn. */
    private static final int BURST = 256 * 1024;

    private final HandServer server = new HandServer();

    @TempDir
    private Path folder;

    @BeforeEach
    void serveALargeFile() throws IOException {
        Path file = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        server.with("/large", (request, response) -> response.send(FileChannel.open(file), 0, 1L << 30));
    }

    /** A client that takes all that comes, and asks for the file in so many streams. */
    private Http2Peer ask(int streams, int window) {
        Http2Peer peer = new Http2Peer(server.connect());
        peer.begin(4, Integer.MAX_VALUE).send(peer.window(0, window));
        for (int i = 0; i < streams; i++) {
            peer.send(peer.get(2 * i + 1, "/large"));
        }
        return peer;
    }

    @Test
    void aHundredConnectionsTakeTurnsHoweverManyStreamsTheyHave() {
        List<Http2Peer> peers =
                IntStream.range(0, 100).mapToObj(i -> ask(i % 3 + 1, 1 << 30)).toList();
        peers.forEach(peer -> peer.end.taken());
        for (int turn = 1; turn <= 3; turn++) {
            server.reactor.turn();
            int[] octets =
                    peers.stream().mapToInt(peer -> peer.end.taken().length).toArray();
            int least = Arrays.stream(octets).min().orElseThrow();
            int most = Arrays.stream(octets).max().orElseThrow();
            assertTrue(least >= BURST && most <= BURST + 2 * FRAME, least + " to " + most + " in turn " + turn);
        }
    }

    @Test
    void aHundredStreamsShareTheirConnection() {
        Http2Peer peer = ask(100, 1);
        server.reactor.settle();
        octets(peer);
        for (int round = 1; round <= 5; round++) {
            peer.send(peer.window(0, 100 * FRAME));
            server.reactor.settle();
            int[] octets = octets(peer);
            int least = Arrays.stream(octets).skip(1).min().orElseThrow();
            int most = Arrays.stream(octets).max().orElseThrow();
            assertTrue(most - least <= FRAME, least + " to " + most);
        }
    }

    /**
     * A writer that has to stop because the connection is full, with nothing of its own that waits, gets its turn like those of
     * which something waits.
     */
    @Test
    void writersInPiecesShareAConnectionThatIsOftenFull() {
        server.with("/pieces", (request, response) -> new Pieces(response.stream()).send());
        Http2Peer peer = new Http2Peer(server.connect());
        peer.begin(4, Integer.MAX_VALUE).send(peer.window(0, 1 << 30));
        peer.connection().block();
        for (int i = 0; i < 8; i++) {
            peer.send(peer.get(2 * i + 1, "/pieces"));
        }
        long[] octets = new long[8];
        for (int round = 0; round < 400; round++) {
            peer.connection().drain(FRAME);
            for (Http2Peer.Frame frame : peer.received()) {
                octets[Math.max(0, frame.stream() / 2)] += frame.type() == Http2Peer.DATA ? frame.payload().length : 0;
            }
        }
        long least = Arrays.stream(octets).min().orElseThrow();
        long most = Arrays.stream(octets).max().orElseThrow();
        assertTrue(most <= 2 * least, Arrays.toString(octets));
    }

    /** Writes as long as it may, without an end. */
    private record Pieces(ResponseStream stream) {

        void send() {
            stream.onDrained(this::write);
            write();
        }

        private void write() {
            while (stream.write(ByteBuffer.allocate(64 * 1024))) {}
        }
    }

    /** How many octets each of a hundred streams has got. */
    private static int[] octets(Http2Peer peer) {
        int[] octets = new int[100];
        for (Http2Peer.Frame frame : peer.received()) {
            if (frame.type() == Http2Peer.DATA) {
                octets[frame.stream() / 2] += frame.payload().length;
            }
        }
        return octets;
    }
}

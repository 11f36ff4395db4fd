package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.BodyEncoder;
import org.pollux.http.Response;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.server.settings.Mount;

/** Parts of files, which the server closes in any case. */
interface FileRules extends Rules {

    /** Opens a file for each request, and remembers it. */
    record Opened(Path path, List<FileChannel> channels) {

        static Opened of(Path folder, int length) throws IOException {
            byte[] content = new byte[length];
            for (int i = 0; i < length; i++) {
                content[i] = (byte) ('a' + i % 23);
            }
            return new Opened(Files.write(folder.resolve("file"), content), new ArrayList<>());
        }

        FileChannel open() throws IOException {
            channels.add(FileChannel.open(path));
            return channels.getLast();
        }

        String part(int from, int count) throws IOException {
            return Files.readString(path).substring(from, from + count);
        }

        void areClosed(int count) {
            assertEquals(count, channels.size());
            channels.forEach(channel -> assertFalse(channel.isOpen()));
        }
    }

    @Test
    default void aPartOfAFileIsSentAndTheFileClosed(@TempDir Path folder) throws Exception {
        serveNext();
        Opened file = Opened.of(folder, 1_000_000);
        serve((request, response) -> response.send(
                file.open(), 10, request.query().map(Long::parseLong).orElseThrow()));
        for (int count : new int[] {0, 1, 1_000, 64 * 1024 + 1, 900_000}) {
            Client client = wire().connect();
            Asked asked = client.ask(Ask.get("/x?" + count));
            wire().turn();
            Rules.isWhole(200, file.part(10, count), asked);
            assertEquals(List.of(String.valueOf(count)), asked.fields("Content-Length"));
            nextIsServed(client);
        }
        file.areClosed(5);
    }

    @Test
    default void aClientThatDoesNotReadHoldsTheFile(@TempDir Path folder) throws Exception {
        Opened file = Opened.of(folder, 1_000_000);
        serve((request, response) -> response.send(file.open(), 0, 1_000_000));
        Client client = wire().connect();
        client.holdBack();
        Asked asked = client.ask(Ask.get("/x"));
        wire().turn();
        assertTrue(file.channels.getFirst().isOpen());
        assertTrue(client.waiting() < 600 * 1024, client.waiting() + " bytes before the client reads");
        client.readOn();
        wire().turn();
        Rules.isWhole(200, file.part(0, 1_000_000), asked);
        file.areClosed(1);
        client.holdBack();
        client.ask(Ask.get("/x"));
        client.goAway();
        wire().turn();
        file.areClosed(2);
    }

    @Test
    default void anotherThreadSendsAFile(@TempDir Path folder) throws Exception {
        Opened file = Opened.of(folder, 100_000);
        serve((request, response) -> Rules.elsewhere(() -> {
            response.send(file.open(), 0, 100_000);
            return true;
        }));
        Rules.isWhole(200, file.part(0, 100_000), get());
        file.areClosed(1);
    }

    @Test
    default void aFileIsClosedWhateverIsThrown(@TempDir Path folder) throws Exception {
        Opened file = Opened.of(folder, 10);
        List<Response> kept = new ArrayList<>();
        serve((request, response) -> {
            assertThrows(IllegalArgumentException.class, () -> response.send(file.open(), -1, 1));
            assertThrows(IllegalArgumentException.class, () -> response.send(file.open(), 1, -1));
            response.status(204);
            assertThrows(IllegalStateException.class, () -> response.send(file.open(), 0, 1));
            kept.add(response);
            response.status(200).send(file.open(), 0, 1);
            assertThrows(IllegalStateException.class, () -> response.send(file.open(), 0, 1));
        });
        Rules.isWhole(200, "a", get());
        assertThrows(IllegalStateException.class, () -> kept.getFirst().send(file.open(), 0, 1));
        Rules.elsewhere(() ->
                assertThrows(IllegalStateException.class, () -> kept.getFirst().send(file.open(), 0, 1)));
        file.areClosed(7);
    }

    @Test
    default void aFileForALostClientIsClosed(@TempDir Path folder) throws Exception {
        Opened file = Opened.of(folder, 10);
        List<Response> kept = new ArrayList<>();
        serve((request, response) -> kept.add(response));
        Client client = wire().connect();
        client.ask(Ask.get("/x"));
        client.goAway();
        wire().turn();
        kept.getFirst().send(file.open(), 0, 10);
        wire().turn();
        file.areClosed(1);
    }

    @Test
    default void aFileThatIsTooShortCutsItsResponse(@TempDir Path folder) throws Exception {
        Opened file = Opened.of(folder, 100_000);
        serve((request, response) -> response.send(
                file.open(), 0, request.query().map(Long::parseLong).orElseThrow()));
        for (int count : new int[] {100_001, 200_000}) {
            Asked asked = ask(Ask.get("/x?" + count));
            assertTrue(asked.isCut());
            assertFalse(asked.isWhole());
        }
        file.areClosed(2);
    }

    @Test
    default void headIsToldTheLengthOfAFile(@TempDir Path folder) throws Exception {
        Opened file = Opened.of(folder, 100_000);
        serve((request, response) -> response.send(file.open(), 2, 70_000));
        Asked asked = ask(Ask.head("/x"));
        Rules.isWhole(200, "", asked);
        assertEquals(List.of("70000"), asked.fields("Content-Length"));
        file.areClosed(1);
    }

    @Test
    default void aFilePassesThroughItsEncoderOrNowhere(@TempDir Path folder) throws Exception {
        Opened file = Opened.of(folder, 100_000);
        wire().routes()
                .add(
                        (request, response, next) -> next.handle(request, response.intercept(new ResponseInterceptor() {
                            @Override
                            public void onHead(ResponseHead head) {
                                if (request.query().isPresent()) {
                                    throw new IllegalStateException("on purpose");
                                }
                                head.encode(new Halving());
                            }
                        })),
                        Mount.at("/x"));
        serve((request, response) -> response.send(file.open(), 0, 100_000));
        Asked encoded = get();
        assertEquals(50_000, encoded.body().length());
        assertTrue(encoded.isWhole());
        Rules.isOwn(500, ask(Ask.get("/x?")));
        file.areClosed(2);
    }

    /** Leaves every second byte out. */
    final class Halving implements BodyEncoder {

        @Override
        public ByteBuffer encode(ByteBuffer body) {
            ByteBuffer half = ByteBuffer.allocate(body.remaining() / 2);
            body.position(body.limit());
            return half;
        }

        @Override
        public ByteBuffer finish() {
            return ByteBuffer.allocate(0);
        }
    }
}

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.pollux.http.client.websocket.ReactorWebSocketClient;
import org.pollux.http.client.websocket.WebSocketRequest;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/** What Pollux's WebSocket client finds at a server that echoes; the argument is its address. */
void main(String[] args) throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    EventLoop reactor = new EventLoop(new NioBackend());
    Thread loop = Thread.ofPlatform().start(reactor::runUntilStopped);
    ReactorWebSocketClient client = new ReactorWebSocketClient(reactor);
    WebSocket socket = client.connect(WebSocketRequest.of(args[0]), new WebSocketListener() {
                @Override
                public void onText(WebSocket from, String text) {
                    told.add(text);
                }

                @Override
                public void onBinary(WebSocket from, ByteBuffer data) {
                    told.add(data.remaining() + " bytes");
                    data.position(data.limit());
                }

                @Override
                public void onClosed(WebSocket from, int code, String reason) {
                    told.add("closed with " + code);
                }
            })
            .get(30, TimeUnit.SECONDS);
    for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, 1_000_000}) {
        String text = "x".repeat(size);
        socket.send(text);
        require(text, told);
        socket.send(ByteBuffer.allocate(size));
        require(size + " bytes", told);
    }
    socket.close(3000, "enough");
    require("closed with 3000", told);
    reactor.stop();
    loop.join();
}

static void require(String wanted, BlockingQueue<String> told) throws InterruptedException {
    String got = told.poll(30, TimeUnit.SECONDS);
    if (!wanted.equals(got)) {
        throw new AssertionError("got " + got + ", and not " + wanted);
    }
}

package org.pollux.reactor.runtime.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.runtime.Background;
import org.pollux.reactor.runtime.RunningLoop;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.Recorder;

/** What a writer on another thread is told, at the moment when the loop looks. */
class StreamOutputTest {

    private static final int ROUNDS = 1_000;

    private final Semaphore drained = new Semaphore(0);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Recorder recorder = new Recorder() {
        @Override
        protected void drained(Connection c) {
            drained.release();
        }
    };

    @Test
    void aWriterThatIsToldToStopWhileTheLoopWritesIsToldToGoOn() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Listener listener = running.call(() -> running.loop.listen(TestLoop.anyPort(), _ -> recorder));
            InetSocketAddress address = (InetSocketAddress) listener.local();
            try (Socket peer = new Socket(address.getAddress(), address.getPort())) {
                peer.setSoTimeout((int) Await.DEADLINE.toMillis());
                Background reader =
                        new Background(() -> peer.getInputStream().transferTo(OutputStream.nullOutputStream()));
                Await.until("it is accepted", () -> recorder.log().contains("open"));
                running.loop.execute(() -> spend(running));
                for (int round = 0; round < ROUNDS; round++) {
                    assertFalse(recorder.connection().write(ByteBuffer.allocate(StreamOutput.HIGH + 1)));
                    assertTrue(
                            drained.tryAcquire(Await.DEADLINE.toMillis(), TimeUnit.MILLISECONDS),
                            "told to stop in round " + round + ", and never to go on");
                }
                over.set(true);
                recorder.connection().close();
                reader.join();
            } finally {
                over.set(true);
            }
        }
    }

    /** Counts writes of the loop without pause; most of its time is between the read and the write of a flag. */
    private void spend(RunningLoop running) {
        StreamOutput output = ((Stream) recorder.connection()).output;
        for (int i = 0; i < 10_000; i++) {
            assertTrue(output.spend(0));
        }
        if (!over.get()) {
            running.loop.execute(() -> spend(running));
        }
    }
}

package org.pollux.samples.seed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.WatchHandler;
import org.pollux.reactor.runtime.EventLoop;

/** What the tests of the guide's rows share: a reactor on one of the backends, pipes, and a list of what happened. */
abstract class RowsTest {

    final Backends backend;
    final Reactor reactor;
    final List<String> log = new ArrayList<>();
    private final List<Pipe> pipes = new ArrayList<>();

    RowsTest(Backends backend) throws IOException {
        this.backend = backend;
        reactor = new EventLoop(backend.make());
    }

    @AfterEach
    final void close() throws IOException {
        reactor.close();
        for (Pipe pipe : pipes) {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    EventHandler note(String what) {
        return _ -> log.add(what);
    }

    WatchHandler noteReady(String what) {
        return (_, _) -> log.add(what);
    }

    /** A pipe without a byte in it. */
    final Pipe.SourceChannel silent() throws IOException {
        return pipe().source();
    }

    /** A pipe that is ready for reading. */
    final Pipe.SourceChannel ready() throws IOException {
        Pipe pipe = pipe();
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        return pipe.source();
    }

    private Pipe pipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipes.add(pipe);
        pipe.source().configureBlocking(false);
        return pipe;
    }
}

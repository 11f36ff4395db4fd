package org.pollux.it.stages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.Transport;

/** Both ends say HELLO before all else. One that says something else is told NO, and the connection ends. */
final class GreetingStage extends Stage {

    static final String HELLO = "HELLO";
    static final String NO = "NO";

    static final StageFactory FACTORY = new StageFactory() {
        @Override
        public String name() {
            return "greeting";
        }

        @Override
        public Stage open(StageContext context, Transport below) {
            return new GreetingStage(context, below);
        }
    };

    private final ByteBuffer one = ByteBuffer.allocate(1);
    private ByteBuffer said = US_ASCII.encode(HELLO);
    private int heard;

    private GreetingStage(StageContext context, Transport below) {
        super(context, below);
    }

    @Override
    protected boolean shake() throws IOException {
        below.write(new ByteBuffer[] {said}, 0, 1);
        while (heard < HELLO.length()) {
            int count = below.read(one.clear());
            if (count <= 0) { // the end is found by the connection
                return false;
            }
            if (one.get(0) == '!') {
                throw new IllegalStateException("a fault of the stage");
            }
            if (one.get(0) != HELLO.charAt(heard++)) {
                said = US_ASCII.encode(NO);
                below.write(new ByteBuffer[] {said}, 0, 1);
                throw new IOException("The peer's greeting is not " + HELLO);
            }
        }
        return !said.hasRemaining();
    }

    /** What the system did not take of the greeting is to be sent yet. */
    @Override
    public Interest wants(Interest asked) {
        Interest wanted = below.wants(asked);
        return said.hasRemaining() ? Interest.of(wanted.reads(), true) : wanted;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return below.read(target);
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        return below.write(data, from, count);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return below.transferFrom(file, position, count);
    }
}

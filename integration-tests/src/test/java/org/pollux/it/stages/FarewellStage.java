package org.pollux.it.stages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.Transport;

/** Its handshake is done when BYE is sent. It keeps these bytes at first, as if the system did not take them. */
final class FarewellStage extends Stage {

    static final StageFactory FACTORY = new StageFactory() {
        @Override
        public String name() {
            return "farewell";
        }

        @Override
        public Stage open(StageContext context, Transport below) {
            return new FarewellStage(context, below);
        }
    };

    private ByteBuffer kept = ByteBuffer.allocate(0);
    private boolean said;

    private FarewellStage(StageContext context, Transport below) {
        super(context, below);
    }

    @Override
    protected boolean shake() {
        if (!said) {
            said = true;
            kept = US_ASCII.encode("BYE");
        }
        return !kept.hasRemaining();
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        if (kept.hasRemaining()) {
            below.write(new ByteBuffer[] {kept}, 0, 1);
        }
    }

    @Override
    public int kept() {
        return kept.remaining() + super.kept();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return below.read(target);
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        return below.write(data, from, count);
    }
}

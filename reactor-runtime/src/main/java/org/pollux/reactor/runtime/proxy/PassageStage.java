package org.pollux.reactor.runtime.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pollux.reactor.Passage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.Transport;

/** Leads one connection through a proxy: the prelude is the proxy's response. For the loop's thread. */
final class PassageStage extends PreludeStage {

    private final Passage passage;
    private final ByteBuffer[] request;

    PassageStage(StageContext context, Transport below, Passage passage) {
        super(context, below, "The response of the proxy", 512, 64 * 1024);
        this.passage = passage;
        this.request = new ByteBuffer[] {passage.request()};
    }

    @Override
    protected boolean shake() throws IOException {
        flush();
        return super.shake();
    }

    @Override
    boolean take(ByteBuffer received) throws IOException {
        return passage.response(received);
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        if (request[0].hasRemaining()) {
            below.write(request, 0, 1);
        }
    }

    @Override
    public int kept() {
        return request[0].remaining() + super.kept();
    }
}

package org.pollux.http.server.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.WholeBodyHandler;
import org.pollux.http.wire.Bytes;

/** Gathers a small body. A body that is complete in the read buffer is passed on without a copy. */
final class WholeBody implements BodyHandler {

    private final InboundBody body;
    private final Carrier carrier;
    private final int limit;
    private final WholeBodyHandler handler;
    private final Bytes gathered = new Bytes(0);
    private boolean told;

    WholeBody(InboundBody body, Carrier carrier, int limit, WholeBodyHandler handler) {
        this.body = body;
        this.carrier = carrier;
        this.limit = limit;
        this.handler = handler;
    }

    /** Whether a body of that announced length is too long. */
    boolean isBeyond(long length) {
        return length > limit;
    }

    @Override
    public void onData(ByteBuffer in) throws Exception {
        if (gathered.size() + in.remaining() > limit) {
            body.tooLong(new IOException("The body is longer than the " + limit + " bytes that its handler takes"));
        } else if (gathered.size() == 0 && body.isLastPiece()) {
            told = true;
            handler.onBody(in);
        } else {
            boolean _ = carrier.charge(in.remaining());
            gathered.add(in);
        }
        in.position(in.limit());
    }

    @Override
    public void onEnd(Headers trailers) throws Exception {
        release();
        if (!told) {
            handler.onBody(gathered.content());
        }
    }

    @Override
    public void onFailed(Throwable cause) {
        release();
        gathered.clear();
    }

    private void release() {
        boolean _ = carrier.charge(-gathered.size());
    }
}

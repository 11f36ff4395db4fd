package org.pollux.reactor.runtime.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.Transport;

/** Sends the header of one connection before everything else. For the loop's thread. */
final class RelayStage extends Stage {

    private final ByteBuffer[] header;

    RelayStage(StageContext context, Transport below, ByteBuffer header) {
        super(context, below);
        this.header = new ByteBuffer[] {header};
    }

    @Override
    protected boolean shake() throws IOException {
        flush();
        return !header[0].hasRemaining();
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        if (header[0].hasRemaining()) {
            below.write(header, 0, 1);
        }
    }

    @Override
    public int kept() {
        return header[0].remaining() + super.kept();
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

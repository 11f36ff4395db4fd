package org.pollux.reactor.runtime.loop;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** The registration of what is in no poller: nothing comes from it and nothing goes to it. */
enum Unregistered implements Registration {
    INSTANCE;

    @Override
    public Source source() {
        throw new IllegalStateException("In no poller");
    }

    @Override
    public void interest(Interest interest) {}

    @Override
    public void remove() {}

    @Override
    public int read(ByteBuffer target) {
        return 0;
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) {
        return 0;
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) {
        return 0;
    }

    @Override
    public void shutdownOutput() {}
}

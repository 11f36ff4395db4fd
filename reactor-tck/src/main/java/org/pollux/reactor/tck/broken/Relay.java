package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** Forwards all calls between a source and its registration, in both directions; a broken relay changes something. */
class Relay implements Source, Registration {

    private final Source source;
    private @Nullable Registration sound;

    Relay(Source source) {
        this.source = source;
    }

    final Relay addTo(Poller poller, Interest interest) throws IOException {
        sound = poller.add(this, interest);
        return this;
    }

    private Registration sound() {
        return Objects.requireNonNull(sound, "not added");
    }

    @Override
    public final SelectableChannel channel() {
        return source.channel();
    }

    @Override
    public final Source source() {
        return source;
    }

    @Override
    public final boolean isStream() {
        return source.isStream();
    }

    @Override
    public void onReady(Interest ready) {
        source.onReady(ready);
    }

    @Override
    public void interest(Interest interest) throws IOException {
        sound().interest(interest);
    }

    @Override
    public void remove() throws IOException {
        sound().remove();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return sound().read(target);
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        return sound().write(data, from, count);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return sound().transferFrom(file, position, count);
    }

    @Override
    public void shutdownOutput() throws IOException {
        sound().shutdownOutput();
    }

    @Override
    public boolean hasUnsent() {
        return sound().hasUnsent();
    }
}

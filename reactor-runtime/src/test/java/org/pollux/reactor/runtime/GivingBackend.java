package org.pollux.reactor.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.Interest;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** The NIO backend, whose pollers hand over what a test says, of the streams that they were given. */
final class GivingBackend implements Backend {

    /** What a poller hands over of a stream, and what it does wrong. */
    interface Gift {
        void give(Source stream, Handover to) throws IOException;
    }

    /** What happens before a poll. */
    interface Fault {
        void happen() throws IOException;
    }

    /** Of the poller that is exchanged next; then nothing more. */
    Gift gift = (stream, to) -> {};

    /** What happens before each poll. */
    Fault onPoll = () -> {};

    final List<Long> polls = new ArrayList<>();

    @Override
    public String name() {
        return "giving";
    }

    @Override
    public String description() {
        return "hands over what a test says";
    }

    @Override
    public Poller open() throws IOException {
        Poller nio = new NioBackend().open();
        List<Source> streams = new ArrayList<>();
        return new Poller() {
            @Override
            public Registration add(Source source, Interest interest) throws IOException {
                if (source.isStream()) {
                    streams.add(source);
                }
                return nio.add(source, interest);
            }

            @Override
            public int poll(long timeoutNanos) throws IOException {
                polls.add(timeoutNanos);
                onPoll.happen();
                return nio.poll(timeoutNanos);
            }

            @Override
            public void handOver(Handover to) throws IOException {
                Gift given = gift;
                gift = (stream, nobody) -> {};
                for (Source stream : streams) {
                    if (stream.channel().isOpen()) {
                        given.give(stream, to);
                    }
                }
            }

            @Override
            public void close() throws IOException {
                nio.close();
            }
        };
    }
}

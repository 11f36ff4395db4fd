package org.pollux.reactor.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Source;

class NioRegistrationTest {

    /** Another thread may close a channel at any moment, also between the system's report and our looking at it. */
    @Test
    void aChannelClosedWhileTheSelectorCollectsIsNotFound() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try (Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            var registration = new NioRegistration(new Silent(channel), Interest.WRITE);
            registration.register(selector);
            channel.close();
            assertEquals(Interest.NONE, registration.ready());
        }
    }

    private record Silent(SelectableChannel channel) implements Source {

        @Override
        public void onReady(Interest ready) {}
    }
}

package org.pollux.reactor.libevent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.spi.Poller;

/** A program that opens pollers until it has a thousand, or fails: for tests of the JVM's flags and limits. */
final class ManyPollers {

    private ManyPollers() {}

    /** Prints why it cannot open any more. */
    public static void main(String[] args) {
        List<Poller> pollers = new ArrayList<>();
        try {
            var backend = new LibeventBackend();
            while (pollers.size() < 1_000) {
                pollers.add(backend.open());
            }
        } catch (IOException | LibeventUnavailableException e) {
            System.out.println(e.getMessage());
        }
        System.out.println("alive, with " + pollers.size() + " pollers");
    }
}

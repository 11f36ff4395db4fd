package org.pollux.fetch;

import java.util.Optional;
import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.libevent.LibeventUnavailableException;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;

/** The backend that polls. */
final class BackendChoice {

    private BackendChoice() {}

    /** That of the name; NIO unless told, which begins to poll soonest. */
    static Backend open(Optional<String> name) throws UsageException, FetchException {
        return switch (name.orElse("nio")) {
            case "nio" -> new NioBackend();
            case "libevent" -> libevent();
            default ->
                throw new UsageException("unknown backend '" + name.orElse("") + "': there are nio and libevent");
        };
    }

    private static Backend libevent() throws FetchException {
        try {
            return new LibeventBackend();
        } catch (LibeventUnavailableException e) {
            throw new FetchException("libevent cannot be used: " + e.getMessage() + "; --backend nio works anywhere");
        }
    }
}

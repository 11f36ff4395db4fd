package org.pollux.reactor.server.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.pollux.reactor.server.certificates.TicketKeyFile;
import org.pollux.reactor.server.certificates.WatchedFiles;
import org.pollux.reactor.tls.TicketKey;

/**
 * The keys of the tickets with which clients resume sessions: those of the file that several servers share, or own ones. Of the own
 * ones, a new key encrypts as soon as the one before is as old as a session may become, and that one decrypts as long again.
 */
final class TicketKeys {

    private final TicketKeyFile file;
    private final WatchedFiles<List<TicketKey>> shared;
    private volatile List<TicketKey> own = List.of();
    private long since;

    TicketKeys(Path folder) {
        file = new TicketKeyFile(folder.resolve("ticket.keys"));
        shared = file.watch();
    }

    /** Looks at the file, and at the time; for one thread at a time. */
    synchronized void turn(long now, Duration resumption) {
        file.look(shared, now);
        if (own.isEmpty() || now - since >= resumption.toNanos()) {
            since = now;
            own = Stream.concat(Stream.of(TicketKey.random()), own.stream().limit(1))
                    .toList();
        }
    }

    /** The first one encrypts; from any thread. */
    List<TicketKey> inForce() {
        return shared.value().orElse(own);
    }

    /** From any thread. */
    Stream<String> problems() {
        return shared.problem().stream();
    }
}

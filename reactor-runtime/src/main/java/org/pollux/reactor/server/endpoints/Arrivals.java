package org.pollux.reactor.server.endpoints;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.runtime.net.StreamConnection;

/**
 * The connections of an endpoint whose stages shake hands. Each counts for the owner of the moment, and is opened by the service that
 * it is for when its handshake is done, because the owner before may be gone by then.
 *
 * <pre>
 *   accepted ──▶ of the owner ──(the handshake is done)──▶ opened by the owner, or by the guest that was negotiated
 *                 │        ▲                        │
 *                 └────────┘ another owner          └──▶ aborted, when its service was removed
 * </pre>
 *
 * <p>For the loop of the connection.
 */
final class Arrivals {

    private final Supplier<@Nullable Served> owner;
    private final BooleanSupplier isBound;
    private final BiFunction<Connection, Served, Optional<Served>> choice;

    /**
     * Those of one endpoint. All arguments are asked from any loop.
     *
     * @param owner null while nobody is served
     * @param isBound whether the endpoint goes on when its owner leaves
     * @param choice the service of a connection whose handshake is done, when this one is the owner; empty when it was removed
     */
    Arrivals(
            Supplier<@Nullable Served> owner,
            BooleanSupplier isBound,
            BiFunction<Connection, Served, Optional<Served>> choice) {
        this.owner = owner;
        this.isBound = isBound;
        this.choice = choice;
    }

    /** Opens connections that were accepted for this service. */
    Protocol after(Served accepted) {
        return connection -> open((StreamConnection) connection, accepted);
    }

    private ConnectionHandler open(StreamConnection stream, Served accepted) {
        Served present = owner.get();
        boolean forsaken = present == null && !stream.belongsTo(accepted.group()); // its next owner has left too
        Optional<Served> chosen =
                forsaken ? Optional.empty() : choice.apply(stream, present == null ? accepted : present);
        if (chosen.isEmpty()) {
            stream.abort();
            return (_, _) -> {};
        }
        stream.goOverTo(chosen.get().group(), isBound.getAsBoolean());
        return chosen.get().protocol().open(stream);
    }

    /** Another owner has come: a connection that still shakes hands is of that one. */
    static void follow(StreamConnection connection, Served next) {
        if (connection.isOpening()) {
            connection.goOverTo(next.group(), true);
        }
    }
}

package org.pollux.http.wire.websocket;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What a connection keeps to.
 *
 * @param keys of masks, unpredictable and not 0 for a client (RFC 6455, section 5.3); 0 for a server, which masks nothing
 * @param subprotocol that the handshake has settled
 * @param compression that the handshake has settled
 * @param maxMessage octets of a message that comes, not compressed, unless it is taken in pieces
 * @param compressFrom octets from which on a message is compressed when it is sent
 * @param ping the time without a sign of life after which the peer gets a ping, and after which it is cut when it stays silent
 * @param closeTimeout how long the peer may take for its close
 */
public record SessionSettings(
        IntSupplier keys,
        Optional<String> subprotocol,
        Optional<DeflateTerms> compression,
        int maxMessage,
        int compressFrom,
        Duration ping,
        Duration closeTimeout) {}

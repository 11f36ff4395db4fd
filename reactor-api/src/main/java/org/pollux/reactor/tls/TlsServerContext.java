package org.pollux.reactor.tls;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The context of a server. From any thread. The rules, continued from {@link TlsEngine}:
 *
 * <ol>
 *   <li value="3"><b>T3 the certificate by name.</b> The name that the client asks for (SNI, RFC 6066 section 3) selects
 *       the certificates: those for exactly this name, otherwise those for the wildcard that covers it, otherwise those
 *       that share the names of the first one of the settings, which also serves clients that ask for no name. A wildcard
 *       covers one label. Upper and lower case are the same. Of several, the engine takes the
 *       first one whose kind of key the client understands, or that the client prefers.
 *   <li value="4"><b>T4 an update.</b> Sessions that are opened after {@link #update} use the new settings. Older ones keep
 *       theirs, and a handshake that is under way uses either. A ticket of an older session resumes as before (T8).
 *       An update that is refused changes nothing.
 *   <li value="5"><b>T5 the protocol.</b> Of {@link TlsServerSettings#alpn}, which is asked when the client's hello has
 *       arrived, the first one that the client offers is selected (RFC 7301). Without overlap the handshake fails with
 *       {@link TlsException.Reason#ALPN}, and the client gets the alert {@code no_application_protocol}. A client that
 *       offers none, and a server that has none now, continue without.
 *   <li value="6"><b>T6 versions and suites.</b> Only those of the settings, TLS 1.2 at the least. A client that is too old
 *       fails with {@link TlsException.Reason#VERSION}.
 *   <li value="7"><b>T7 client certificates.</b> With {@link ClientAuth#NONE} none is asked for. With
 *       {@link ClientAuth#WANTED} a client may have none; with {@link ClientAuth#NEEDED} that fails with
 *       {@link TlsException.Reason#NO_CERTIFICATE}. A certificate that is not trusted fails with its reason in both cases.
 *   <li value="8"><b>T8 resumption.</b> A client that comes with a ticket in time gets an abbreviated handshake: no
 *       certificates are exchanged, {@link TlsInfo#resumed} is true, and {@link TlsInfo#peerChain} is that of the first
 *       session. ALPN is negotiated again. A ticket that cannot be used makes a full handshake, never a failure. A ticket
 *       resumes only under the {@link ClientAuth} and the {@link Trust} with which it was issued, so a client whose authority is
 *       no longer trusted does not come back with it.
 * </ol>
 */
@ConsumerType
public interface TlsServerContext extends TlsContext {

    /**
     * Opens the session of an accepted connection, before its first byte is read.
     *
     * @throws IllegalStateException when the context is closed
     */
    TlsSession open(CipherStream below);

    /**
     * Replaces the settings for the sessions that are opened from now on (T4).
     *
     * @throws IllegalArgumentException when they cannot be used; the previous ones stay in force
     * @throws IllegalStateException when the context is closed
     */
    void update(TlsServerSettings next);
}

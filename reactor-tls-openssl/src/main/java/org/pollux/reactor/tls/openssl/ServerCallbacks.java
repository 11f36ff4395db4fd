package org.pollux.reactor.tls.openssl;

import static java.lang.invoke.MethodHandles.lookup;
import static org.pollux.reactor.tls.openssl.CFunction.INT;
import static org.pollux.reactor.tls.openssl.CFunction.POINTER;

import java.lang.foreign.FunctionDescriptor;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.base.NameTable;

/**
 * What OpenSSL asks a server during a handshake, on the thread of the session. After the handshake it asks nothing more.
 *
 * <pre>
 *   hello ──▶ nameAsked ──▶ protocolsOffered ──▶ certificateNeeded ──▶ statusAsked ──▶ TicketKeys.prepare
 * </pre>
 */
@SuppressWarnings("unused") // OpenSSL calls the methods, which are found by name
final class ServerCallbacks {

    private static final FunctionDescriptor NAME_ASKED = Upcalls.type(POINTER, POINTER, POINTER);
    private static final FunctionDescriptor PROTOCOLS_OFFERED =
            Upcalls.type(POINTER, POINTER, POINTER, POINTER, INT, POINTER);
    private static final FunctionDescriptor CERTIFICATE_NEEDED = Upcalls.type(POINTER, POINTER);
    private static final FunctionDescriptor STATUS_ASKED = Upcalls.type(POINTER, POINTER);
    private static final FunctionDescriptor PREPARE = Upcalls.type(POINTER, POINTER, POINTER, POINTER, POINTER, INT);

    /** What a callback for the certificate returns. */
    private static final int CONTINUE = 1;

    private static final int SUSPEND = -1;
    private static final int FAIL = 0;

    private final Contexts contexts;
    private final Supplier<List<String>> protocols;
    private final NameTable<Long> byName;

    private final long nameAsked;
    private final long protocolsOffered;
    private final long certificateNeeded;
    private final long statusAsked;
    private final long prepare;

    ServerCallbacks(Contexts contexts, Supplier<List<String>> protocols, NameTable<Long> byName, TicketKeys tickets) {
        this.contexts = contexts;
        this.protocols = protocols;
        this.byName = byName;
        Upcalls upcalls = contexts.upcalls;
        nameAsked = upcalls.stub(lookup(), this, "nameAsked", SslCtx.TLSEXT_ERR_ALERT_FATAL, NAME_ASKED);
        protocolsOffered =
                upcalls.stub(lookup(), this, "protocolsOffered", SslCtx.TLSEXT_ERR_ALERT_FATAL, PROTOCOLS_OFFERED);
        certificateNeeded = upcalls.stub(lookup(), this, "certificateNeeded", FAIL, CERTIFICATE_NEEDED);
        statusAsked = upcalls.stub(lookup(), this, "statusAsked", SslCtx.TLSEXT_ERR_NOACK, STATUS_ASKED);
        prepare = upcalls.stub(lookup(), tickets, "prepare", -1, PREPARE);
    }

    void install(long ctx) {
        set(ctx, nameAsked, protocolsOffered, certificateNeeded, statusAsked, prepare);
    }

    static void remove(long ctx) {
        set(ctx, 0, 0, 0, 0, 0);
    }

    private static void set(long ctx, long name, long protocols, long certificate, long status, long ticket) {
        SslCtx.CALLBACK_CTRL.call(ctx, SslCtx.CTRL_SET_TLSEXT_SERVERNAME_CB, name);
        SslCtx.SET_ALPN_SELECT_CB.call(ctx, protocols, 0);
        SslCtx.SET_CERT_CB.call(ctx, certificate, 0);
        SslCtx.CALLBACK_CTRL.call(ctx, SslCtx.CTRL_SET_TLSEXT_STATUS_REQ_CB, status);
        SslCtx.SET_TICKET_KEY_CB.call(ctx, ticket);
    }

    /** Called also when the client names no host. */
    private int nameAsked(long ssl, long alert, long argument) {
        String name = Contexts.serverName(ssl);
        if (name == null) {
            return SslCtx.TLSEXT_ERR_NOACK;
        }
        Long ctx = byName.find(name);
        if (ctx != null) {
            Ssl.SET_SSL_CTX.call(ssl, ctx);
        }
        return SslCtx.TLSEXT_ERR_OK;
    }

    private int protocolsOffered(long ssl, long selected, long length, long offered, int count, long argument) {
        List<String> names;
        try {
            names = protocols.get();
        } catch (Throwable e) {
            fail(new TlsException(Reason.INTERNAL, "The protocols of the server are not known: " + e, e));
            return SslCtx.TLSEXT_ERR_ALERT_FATAL;
        }
        if (names.isEmpty()) {
            return SslCtx.TLSEXT_ERR_NOACK;
        }
        byte[] list = Memory.bytes(offered, count);
        int index = Alpn.select(list, names);
        if (index < 0) {
            fail(new TlsException(
                    Reason.ALPN, "The client offers " + Alpn.names(list) + ", and the server has " + names));
            return SslCtx.TLSEXT_ERR_ALERT_FATAL;
        }
        Memory.putLong(selected, offered + index + 1);
        Memory.putByte(length, list[index]);
        return SslCtx.TLSEXT_ERR_OK;
    }

    /** Only in a full handshake, before the private key is used. */
    private int certificateNeeded(long ssl, long argument) {
        OpenSslSession session = contexts.workspaces().current().active;
        return session == null || session.mayUseKey() ? CONTINUE : SUSPEND;
    }

    private int statusAsked(long ssl, long argument) {
        CertifiedKey certified = contexts.certified(Ssl.GET_CERTIFICATE.call(ssl));
        byte[] response = certified == null ? null : bytes(certified);
        if (response == null) {
            return SslCtx.TLSEXT_ERR_NOACK;
        }
        long copy = Crypto.MALLOC.call(response.length, 0, 0); // OpenSSL frees it
        Memory.copy(response, copy);
        Ssl.CTRL.call(ssl, Ssl.CTRL_SET_TLSEXT_STATUS_REQ_OCSP_RESP, response.length, copy);
        return SslCtx.TLSEXT_ERR_OK;
    }

    private static byte @Nullable [] bytes(CertifiedKey certified) {
        var response = certified.ocspResponse();
        if (response == null) {
            return null;
        }
        byte[] bytes = new byte[response.remaining()];
        response.get(bytes);
        return bytes;
    }

    private void fail(TlsException reason) {
        OpenSslSession session = contexts.workspaces().current().active;
        if (session != null) {
            session.fail(reason);
        }
    }
}

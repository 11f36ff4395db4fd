package org.pollux.reactor.tls.openssl;

import static org.pollux.reactor.tls.openssl.CFunction.INT;
import static org.pollux.reactor.tls.openssl.CFunction.LONG;
import static org.pollux.reactor.tls.openssl.CFunction.POINTER;
import static org.pollux.reactor.tls.openssl.CFunction.function;
import static org.pollux.reactor.tls.openssl.CFunction.procedure;

/** The functions of libssl for an {@code SSL_CTX}: what many connections have in common. Touched only when the library was found. */
final class SslCtx {

    static final CFunction TLS_METHOD = function("TLS_method", POINTER);
    static final CFunction NEW = function("SSL_CTX_new", POINTER, POINTER);
    static final CFunction FREE = procedure("SSL_CTX_free", POINTER);
    static final CFunction CTRL = function("SSL_CTX_ctrl", LONG, POINTER, INT, LONG, POINTER);
    static final CFunction CALLBACK_CTRL = function("SSL_CTX_callback_ctrl", LONG, POINTER, INT, POINTER);
    static final CFunction SET_OPTIONS = function("SSL_CTX_set_options", LONG, POINTER, LONG);
    static final CFunction SET_CIPHER_LIST = function("SSL_CTX_set_cipher_list", INT, POINTER, POINTER);
    static final CFunction SET_CIPHERSUITES = function("SSL_CTX_set_ciphersuites", INT, POINTER, POINTER);
    static final CFunction SET_NUM_TICKETS = function("SSL_CTX_set_num_tickets", INT, POINTER, LONG);
    static final CFunction SET_TIMEOUT = function("SSL_CTX_set_timeout", LONG, POINTER, LONG);
    static final CFunction SET_SESSION_ID_CONTEXT =
            function("SSL_CTX_set_session_id_context", INT, POINTER, POINTER, INT);

    static final CFunction USE_CERT_AND_KEY =
            function("SSL_CTX_use_cert_and_key", INT, POINTER, POINTER, POINTER, POINTER, INT);
    static final CFunction SET_VERIFY = procedure("SSL_CTX_set_verify", POINTER, INT, POINTER);
    static final CFunction SET_DEFAULT_VERIFY_PATHS = function("SSL_CTX_set_default_verify_paths", INT, POINTER);
    static final CFunction SET_CERT_CB = procedure("SSL_CTX_set_cert_cb", POINTER, POINTER, POINTER);
    static final CFunction SESS_SET_NEW_CB = procedure("SSL_CTX_sess_set_new_cb", POINTER, POINTER);
    static final CFunction SET1_CERT_STORE = procedure("SSL_CTX_set1_cert_store", POINTER, POINTER);
    static final CFunction ADD_CLIENT_CA = function("SSL_CTX_add_client_CA", INT, POINTER, POINTER);
    static final CFunction SET_ALPN_SELECT_CB = procedure("SSL_CTX_set_alpn_select_cb", POINTER, POINTER, POINTER);
    static final CFunction SET_ALPN_PROTOS = function("SSL_CTX_set_alpn_protos", INT, POINTER, POINTER, INT);
    static final CFunction SET_TICKET_KEY_CB = function("SSL_CTX_set_tlsext_ticket_key_evp_cb", INT, POINTER, POINTER);

    // ---- values of openssl/ssl.h

    static final int CTRL_MODE = 33;
    static final int CTRL_SET_SESS_CACHE_MODE = 44;
    static final int CTRL_SET_TLSEXT_SERVERNAME_CB = 53;
    static final int CTRL_SET_TLSEXT_STATUS_REQ_CB = 63;
    static final int CTRL_SET_GROUPS_LIST = 92;
    static final int CTRL_SET_MIN_PROTO_VERSION = 123;
    static final int CTRL_SET_MAX_PROTO_VERSION = 124;

    static final int MODE_ACCEPT_MOVING_WRITE_BUFFER = 0x02;
    static final int MODE_AUTO_RETRY = 0x04;
    static final int MODE_NO_AUTO_CHAIN = 0x08;
    static final int MODE_RELEASE_BUFFERS = 0x10;

    static final long OP_NO_TICKET = 1L << 14;
    static final long OP_NO_COMPRESSION = 1L << 17;
    static final long OP_CIPHER_SERVER_PREFERENCE = 1L << 22;
    static final long OP_NO_RENEGOTIATION = 1L << 30;

    static final int VERIFY_NONE = 0;
    static final int VERIFY_PEER = 1;
    static final int VERIFY_FAIL_IF_NO_PEER_CERT = 2;

    static final int SESS_CACHE_OFF = 0;

    /** Of clients, and not inside of OpenSSL. */
    static final int SESS_CACHE_CLIENT_OUTSIDE = 0x1 | 0x300;

    static final int TLS1_2 = 0x0303;
    static final int TLS1_3 = 0x0304;

    /** What callbacks return. */
    static final int TLSEXT_ERR_OK = 0;

    static final int TLSEXT_ERR_ALERT_FATAL = 2;
    static final int TLSEXT_ERR_NOACK = 3;

    private SslCtx() {}
}

package org.pollux.reactor.tls.openssl;

import static org.pollux.reactor.tls.openssl.CFunction.INT;
import static org.pollux.reactor.tls.openssl.CFunction.LONG;
import static org.pollux.reactor.tls.openssl.CFunction.POINTER;
import static org.pollux.reactor.tls.openssl.CFunction.brief;
import static org.pollux.reactor.tls.openssl.CFunction.function;
import static org.pollux.reactor.tls.openssl.CFunction.procedure;

import java.lang.foreign.FunctionDescriptor;

/** The functions of libssl for one connection, an {@code SSL}. Touched only when the library was found. */
final class Ssl {

    static final CFunction NEW = function("SSL_new", POINTER, POINTER);
    static final CFunction FREE = procedure("SSL_free", POINTER);
    static final CFunction SET_ACCEPT_STATE = procedure("SSL_set_accept_state", POINTER);
    static final CFunction SET_CONNECT_STATE = procedure("SSL_set_connect_state", POINTER);
    static final CFunction SET0_RBIO = procedure("SSL_set0_rbio", POINTER, POINTER);
    static final CFunction SET0_WBIO = procedure("SSL_set0_wbio", POINTER, POINTER);
    static final CFunction GET_RBIO = function("SSL_get_rbio", POINTER, POINTER);
    static final CFunction GET_WBIO = function("SSL_get_wbio", POINTER, POINTER);
    static final CFunction CTRL = function("SSL_ctrl", LONG, POINTER, INT, LONG, POINTER);

    static final CFunction DO_HANDSHAKE = function("SSL_do_handshake", INT, POINTER);
    static final CFunction READ = function("SSL_read", INT, POINTER, POINTER, INT);
    static final CFunction WRITE = function("SSL_write", INT, POINTER, POINTER, INT);
    static final CFunction PENDING = brief("SSL_pending", FunctionDescriptor.of(INT, POINTER));
    static final CFunction GET_ERROR = brief("SSL_get_error", FunctionDescriptor.of(INT, POINTER, INT));
    static final CFunction SHUTDOWN = function("SSL_shutdown", INT, POINTER);
    static final CFunction GET_SHUTDOWN = brief("SSL_get_shutdown", FunctionDescriptor.of(INT, POINTER));
    static final CFunction SET_SHUTDOWN = procedure("SSL_set_shutdown", POINTER, INT);
    static final CFunction IS_SERVER = function("SSL_is_server", INT, POINTER);

    // ---- what was agreed

    static final CFunction VERSION = function("SSL_version", INT, POINTER);
    static final CFunction GET_VERSION = function("SSL_get_version", POINTER, POINTER);
    static final CFunction GET_CURRENT_CIPHER = function("SSL_get_current_cipher", POINTER, POINTER);
    static final CFunction CIPHER_STANDARD_NAME = function("SSL_CIPHER_standard_name", POINTER, POINTER);
    static final CFunction CIPHER_NAME = function("OPENSSL_cipher_name", POINTER, POINTER);
    static final CFunction GET0_ALPN_SELECTED = procedure("SSL_get0_alpn_selected", POINTER, POINTER, POINTER);
    static final CFunction GET_SERVERNAME = function("SSL_get_servername", POINTER, POINTER, INT);
    static final CFunction SESSION_REUSED = function("SSL_session_reused", INT, POINTER);
    static final CFunction GET1_PEER_CERTIFICATE = function("SSL_get1_peer_certificate", POINTER, POINTER);
    static final CFunction GET_PEER_CERT_CHAIN = function("SSL_get_peer_cert_chain", POINTER, POINTER);
    static final CFunction GET_VERIFY_RESULT = function("SSL_get_verify_result", LONG, POINTER);
    static final CFunction GET_CERTIFICATE = function("SSL_get_certificate", POINTER, POINTER);

    // ---- what it is to do

    static final CFunction SET_SSL_CTX = function("SSL_set_SSL_CTX", POINTER, POINTER, POINTER);
    static final CFunction GET0_PARAM = function("SSL_get0_param", POINTER, POINTER);
    static final CFunction SET_SESSION = function("SSL_set_session", INT, POINTER, POINTER);
    static final CFunction SESSION_FREE = procedure("SSL_SESSION_free", POINTER);
    static final CFunction SESSION_GET_PROTOCOL_VERSION = function("SSL_SESSION_get_protocol_version", INT, POINTER);

    // ---- values of openssl/ssl.h

    static final int ERROR_SSL = 1;
    static final int ERROR_WANT_READ = 2;
    static final int ERROR_WANT_X509_LOOKUP = 4;
    static final int ERROR_ZERO_RETURN = 6;

    static final int SENT_SHUTDOWN = 1;
    static final int RECEIVED_SHUTDOWN = 2;

    static final int NAMETYPE_HOST_NAME = 0;

    static final int CTRL_SET_TLSEXT_HOSTNAME = 55;
    static final int CTRL_SET_TLSEXT_STATUS_REQ_OCSP_RESP = 71;

    private Ssl() {}
}

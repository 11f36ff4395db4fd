package org.pollux.reactor.tls.openssl;

import static org.pollux.reactor.tls.openssl.CFunction.INT;
import static org.pollux.reactor.tls.openssl.CFunction.LONG;
import static org.pollux.reactor.tls.openssl.CFunction.POINTER;
import static org.pollux.reactor.tls.openssl.CFunction.brief;
import static org.pollux.reactor.tls.openssl.CFunction.function;
import static org.pollux.reactor.tls.openssl.CFunction.procedure;

import java.lang.foreign.FunctionDescriptor;

/** The functions of libcrypto that are used here. Touched only when the library was found. */
final class Crypto {

    // ---- the queue of errors, one per thread

    static final CFunction ERR_CLEAR_ERROR = brief("ERR_clear_error", FunctionDescriptor.ofVoid());
    static final CFunction ERR_GET_ERROR = function("ERR_get_error", LONG);
    static final CFunction ERR_PEEK_ERROR = brief("ERR_peek_error", FunctionDescriptor.of(LONG));
    static final CFunction ERR_REASON_ERROR_STRING = function("ERR_reason_error_string", POINTER, LONG);

    // ---- memory BIOs

    static final CFunction BIO_S_MEM = function("BIO_s_mem", POINTER);
    static final CFunction BIO_NEW = function("BIO_new", POINTER, POINTER);
    static final CFunction BIO_NEW_MEM_BUF = function("BIO_new_mem_buf", POINTER, POINTER, INT);
    static final CFunction BIO_CTRL = brief("BIO_ctrl", FunctionDescriptor.of(LONG, POINTER, INT, LONG, POINTER));
    static final CFunction BIO_READ = function("BIO_read", INT, POINTER, POINTER, INT);
    static final CFunction BIO_WRITE = function("BIO_write", INT, POINTER, POINTER, INT);
    static final CFunction BIO_UP_REF = function("BIO_up_ref", INT, POINTER);
    static final CFunction BIO_FREE = function("BIO_free", INT, POINTER);

    // ---- certificates and keys

    static final CFunction D2I_X509 = function("d2i_X509", POINTER, POINTER, POINTER, LONG);
    static final CFunction I2D_X509 = function("i2d_X509", INT, POINTER, POINTER);
    static final CFunction X509_FREE = procedure("X509_free", POINTER);
    static final CFunction D2I_AUTO_PRIVATE_KEY = function("d2i_AutoPrivateKey", POINTER, POINTER, POINTER, LONG);
    static final CFunction EVP_PKEY_FREE = procedure("EVP_PKEY_free", POINTER);
    static final CFunction SK_NEW_NULL = function("OPENSSL_sk_new_null", POINTER);
    static final CFunction SK_PUSH = function("OPENSSL_sk_push", INT, POINTER, POINTER);
    static final CFunction SK_NUM = function("OPENSSL_sk_num", INT, POINTER);
    static final CFunction SK_VALUE = function("OPENSSL_sk_value", POINTER, POINTER, INT);
    static final CFunction SK_FREE = procedure("OPENSSL_sk_free", POINTER);
    static final CFunction MALLOC = function("CRYPTO_malloc", POINTER, LONG, POINTER, INT);

    // ---- who is trusted

    static final CFunction X509_STORE_NEW = function("X509_STORE_new", POINTER);
    static final CFunction X509_STORE_FREE = procedure("X509_STORE_free", POINTER);
    static final CFunction X509_STORE_ADD_CERT = function("X509_STORE_add_cert", INT, POINTER, POINTER);
    static final CFunction X509_STORE_ADD_CRL = function("X509_STORE_add_crl", INT, POINTER, POINTER);
    static final CFunction X509_STORE_SET_FLAGS = function("X509_STORE_set_flags", INT, POINTER, LONG);
    static final CFunction X509_STORE_SET_DEFAULT_PATHS = function("X509_STORE_set_default_paths", INT, POINTER);
    static final CFunction D2I_X509_CRL = function("d2i_X509_CRL", POINTER, POINTER, POINTER, LONG);
    static final CFunction X509_CRL_FREE = procedure("X509_CRL_free", POINTER);
    static final CFunction X509_STORE_SET_VERIFY_CB = procedure("X509_STORE_set_verify_cb", POINTER, POINTER);
    static final CFunction X509_STORE_CTX_GET_ERROR = function("X509_STORE_CTX_get_error", INT, POINTER);
    static final CFunction X509_STORE_CTX_SET_ERROR = procedure("X509_STORE_CTX_set_error", POINTER, INT);
    static final CFunction X509_VERIFY_CERT_ERROR_STRING = function("X509_verify_cert_error_string", POINTER, LONG);
    static final CFunction X509_VERIFY_PARAM_SET1_HOST =
            function("X509_VERIFY_PARAM_set1_host", INT, POINTER, POINTER, LONG);
    static final CFunction X509_VERIFY_PARAM_SET1_IP_ASC =
            function("X509_VERIFY_PARAM_set1_ip_asc", INT, POINTER, POINTER);
    static final CFunction X509_VERIFY_PARAM_SET_HOSTFLAGS = procedure("X509_VERIFY_PARAM_set_hostflags", POINTER, INT);

    // ---- the cipher and the MAC of session tickets

    static final CFunction RAND_BYTES = function("RAND_bytes", INT, POINTER, INT);
    static final CFunction EVP_AES_256_CBC = function("EVP_aes_256_cbc", POINTER);
    static final CFunction EVP_ENCRYPT_INIT_EX =
            function("EVP_EncryptInit_ex", INT, POINTER, POINTER, POINTER, POINTER, POINTER);
    static final CFunction EVP_DECRYPT_INIT_EX =
            function("EVP_DecryptInit_ex", INT, POINTER, POINTER, POINTER, POINTER, POINTER);
    static final CFunction EVP_MAC_CTX_SET_PARAMS = function("EVP_MAC_CTX_set_params", INT, POINTER, POINTER);

    private Crypto() {}
}

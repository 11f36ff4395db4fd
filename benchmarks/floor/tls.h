/*
 * What the bytes of a connection pass on their way: TLS 1.3 by OpenSSL, on the descriptor. For http.h, instead of plain.h.
 *
 * SSL_read makes the handshake when it is the first call. OpenSSL reads ahead, which saves a system call for each record.
 */
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>

#define ARGUMENTS 3
#define USAGE "PORT CERTIFICATE"
#define SUITES "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384" /* as Pollux */

struct layer {
    SSL *ssl;
    bool more; /* bytes may wait in OpenSSL, of which the kernel knows nothing */
};

static SSL_CTX *context;

static void fail(const char *what) {
    ERR_print_errors_fp(stderr);
    errx(1, "%s", what);
}

/* The certificate and its key are in one file. */
static void prepare(char **argv) {
    const char *file = argv[2];
    signal(SIGPIPE, SIG_IGN); /* OpenSSL writes without MSG_NOSIGNAL */
    context = SSL_CTX_new(TLS_server_method());
    if (context == NULL || !SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) ||
        !SSL_CTX_set_ciphersuites(context, SUITES) || SSL_CTX_use_certificate_chain_file(context, file) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, file, SSL_FILETYPE_PEM) != 1) {
        fail("the certificate cannot be used");
    }
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

static void begin(struct layer *l, int fd) {
    l->ssl = SSL_new(context);
    if (l->ssl == NULL || !SSL_set_fd(l->ssl, fd)) {
        fail("no memory for a connection");
    }
    SSL_set_accept_state(l->ssl);
}

static void end(struct layer *l) {
    SSL_shutdown(l->ssl);
    SSL_free(l->ssl);
    ERR_clear_error();
}

static bool has_more(const struct layer *l) {
    return l->more;
}

/* What is not there yet is EAGAIN; all else is the end of the connection. */
static ssize_t outcome(struct layer *l, int result) {
    int error = SSL_get_error(l->ssl, result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
        errno = EAGAIN;
    } else {
        ERR_clear_error();
        errno = EIO;
    }
    return error == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

static ssize_t receive(struct layer *l, int fd, char *bytes, size_t size) {
    (void)fd;
    int count = SSL_read(l->ssl, bytes, (int)size);
    l->more = count > 0 && SSL_has_pending(l->ssl);
    return count > 0 ? count : outcome(l, count);
}

/* Records until the kernel takes no more. */
static ssize_t transmit(struct layer *l, int fd, const char *bytes, size_t size) {
    (void)fd;
    size_t sent = 0;
    while (sent < size) {
        int count = SSL_write(l->ssl, bytes + sent, (int)(size - sent));
        if (count <= 0) {
            return sent > 0 ? (ssize_t)sent : outcome(l, count);
        }
        sent += (size_t)count;
    }
    return (ssize_t)sent;
}

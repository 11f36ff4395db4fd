/*
 * A client of TLS 1.3 and HTTP that asks for the same small response again and again. It prints what it has done as JSON.
 *
 * Usage: client PORT full|resumed|kept THREADS SECONDS COUNT RATE
 * Each thread has one connection at a time: a new one for each request, with a full or a resumed handshake, or the same one
 * for all. It ends after so many seconds or requests; 0 means that this is no limit. RATE is how many requests begin in a
 * second; 0 means as many as the server takes. Connections that are kept are opened first. Then it prints "ready", and begins
 * when its input has a line.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define REQUEST "GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1\r\n"
#define KEPT REQUEST "\r\n"
#define LAST REQUEST "Connection: close\r\n\r\n"
#define STATUS "HTTP/1.1 200 "
#define END "Hello, World!"
#define LATENCIES (1L << 22) /* that are remembered; later ones are not */
#define PATIENCE 30 /* seconds without a byte are an error */

static struct sockaddr_in server;
static bool resumes, keeps;
static long threads, seconds, most, rate;
static double began;
static atomic_long begun, done, failed;
static int latencies[LATENCIES]; /* microseconds */
static pthread_barrier_t ready, go;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Keeps the last ticket of a thread's connections. */
static int keep(SSL *ssl, SSL_SESSION *session) {
    SSL_SESSION **kept = SSL_get_app_data(ssl);
    SSL_SESSION_free(*kept);
    *kept = session;
    return 1;
}

static int connected(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval patience = {.tv_sec = PATIENCE};
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0 ||
        connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
        warn("cannot connect");
        if (fd >= 0) {
            close(fd);
        }
        return -1;
    }
    return fd;
}

static bool ends_with_body(const char *in, int size) {
    int end = (int)sizeof END - 1;
    return size > end && memcmp(in + size - end, END, (size_t)end) == 0;
}

/* Whether the whole response comes; the last one ends with close_notify. */
static bool ask(SSL *ssl, bool last) {
    char in[4096];
    int size = 0, count = 1;
    const char *request = last ? LAST : KEPT;
    if (SSL_write(ssl, request, (int)strlen(request)) <= 0) {
        return false;
    }
    while (size < (int)sizeof in && (last || !ends_with_body(in, size)) &&
           (count = SSL_read(ssl, in + size, (int)sizeof in - size)) > 0) {
        size += count;
    }
    return (!last || SSL_get_error(ssl, count) == SSL_ERROR_ZERO_RETURN) && ends_with_body(in, size) &&
           memcmp(in, STATUS, sizeof STATUS - 1) == 0;
}

static void tell(const char *what) {
    warnx("%s", what);
    ERR_print_errors_fp(stderr);
    failed++;
}

/* A connection with the handshake that was asked for, or NULL. */
static SSL *opened(SSL_CTX *context, SSL_SESSION **kept) {
    int fd = connected();
    if (fd < 0) {
        failed++;
        return NULL;
    }
    SSL *ssl = SSL_new(context);
    bool ticket = resumes && *kept != NULL;
    SSL_set_app_data(ssl, kept);
    SSL_set_fd(ssl, fd);
    if (ticket) {
        SSL_set_session(ssl, *kept);
    }
    if (SSL_connect(ssl) != 1) {
        tell("a handshake failed");
    } else if (SSL_session_reused(ssl) != ticket) { /* the next tickets change what it says */
        tell(ticket ? "a session was not resumed" : "a session was resumed");
    } else {
        return ssl;
    }
    SSL_free(ssl);
    close(fd);
    return NULL;
}

static void closed(SSL *ssl) {
    int fd = SSL_get_fd(ssl);
    SSL_shutdown(ssl); /* or its tickets are of no use */
    SSL_free(ssl);
    close(fd);
}

/* When a request is to begin: its latency counts from then on, although the connection may be late. */
static double await_turn(long number) {
    double turn = rate > 0 ? began + (double)number / (double)rate : now();
    double wait = turn - now();
    if (wait > 0) {
        nanosleep(&(struct timespec){.tv_sec = (time_t)wait, .tv_nsec = (long)((wait - (double)(time_t)wait) * 1e9)}, NULL);
    }
    return turn;
}

/* Whether another request may begin; it waits for its turn. */
static bool another(double *turn) {
    long number = begun++;
    *turn = await_turn(number);
    return failed == 0 && (most == 0 || number < most) && (seconds == 0 || now() - began < (double)seconds);
}

static void count_response(SSL *ssl, bool last, double turn) {
    if (ask(ssl, last)) {
        long number = done++;
        if (number < LATENCIES) {
            latencies[number] = (int)((now() - turn) * 1e6);
        }
    } else {
        tell("not every byte of a response has come");
    }
}

static void keep_asking(SSL_CTX *context, SSL_SESSION **kept) {
    SSL *ssl = opened(context, kept);
    if (ssl != NULL && !ask(ssl, false)) {
        tell("a first request has no response");
    }
    pthread_barrier_wait(&ready);
    pthread_barrier_wait(&go);
    double turn;
    while (another(&turn)) {
        count_response(ssl, false, turn);
    }
    if (ssl != NULL) {
        closed(ssl);
    }
}

static void ask_anew(SSL_CTX *context, SSL_SESSION **kept) {
    double turn;
    while (another(&turn)) {
        SSL *ssl = opened(context, kept);
        if (ssl != NULL) {
            count_response(ssl, true, turn);
            closed(ssl);
        }
    }
}

static void *run(void *unused) {
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_SESSION *kept = NULL;
    if (context == NULL || !SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION)) {
        errx(1, "OpenSSL has no TLS 1.3");
    }
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep);
    (keeps ? keep_asking : ask_anew)(context, &kept);
    SSL_SESSION_free(kept);
    SSL_CTX_free(context);
    return unused;
}

static void await_go(void) {
    pthread_barrier_wait(&ready);
    puts("ready");
    fflush(stdout);
    if (getchar() == EOF) {
        errx(1, "the input has ended");
    }
    began = now();
    pthread_barrier_wait(&go);
}

static int compare(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static int latency(double share) {
    long count = done < LATENCIES ? done : LATENCIES;
    return count == 0 ? 0 : latencies[(long)((double)(count - 1) * share)];
}

static void print_result(void) {
    double seconds_taken = now() - began;
    qsort(latencies, (size_t)(done < LATENCIES ? done : LATENCIES), sizeof latencies[0], compare);
    printf("{\"requests\": %ld, \"microseconds\": %.0f, \"failed\": %ld, \"p50\": %d, \"p99\": %d, \"p99.9\": %d, \"most\": %d}\n", done,
           seconds_taken * 1e6, failed, latency(0.5), latency(0.99), latency(0.999), latency(1));
}

int main(int argc, char **argv) {
    const char *kinds[] = {"full", "resumed", "kept"};
    int kind = 0;
    while (argc == 7 && kind < 3 && strcmp(argv[2], kinds[kind]) != 0) {
        kind++;
    }
    if (argc != 7 || kind == 3) {
        errx(2, "these arguments are wanted: PORT full|resumed|kept THREADS SECONDS COUNT RATE");
    }
    server = (struct sockaddr_in){.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)atoi(argv[1])),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    resumes = kind == 1;
    keeps = kind == 2;
    threads = atol(argv[3]);
    seconds = atol(argv[4]);
    most = atol(argv[5]);
    rate = atol(argv[6]);
    began = now();
    pthread_barrier_init(&ready, NULL, (unsigned)threads + 1);
    pthread_barrier_init(&go, NULL, (unsigned)threads + 1);
    pthread_t running[threads];
    for (long i = 0; i < threads; i++) {
        if (pthread_create(&running[i], NULL, run, NULL) != 0) {
            errx(1, "no memory for a thread");
        }
    }
    if (keeps) {
        await_go();
    }
    for (long i = 0; i < threads; i++) {
        pthread_join(running[i], NULL);
    }
    print_result();
    return failed > 0 || done == 0;
}

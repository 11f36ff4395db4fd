/*
 * What both floors share: as much of HTTP/1.1 as a fair floor needs, and the sockets. One thread, no locks.
 *
 * All connections read into one buffer and write from another. A connection keeps only what was left over: the start of
 * a request whose rest has not come, or the end of answers that the system did not take.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifdef TLS
#include "tls.h"
#else
#include "plain.h"
#endif

#define REFUSAL "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
#define READ_SIZE (64 * 1024)
#define SHORTEST_REQUEST (sizeof "GET /json HTTP/1.1\r\nHost:\r\n\r\n" - 1)
#define ANSWER_SIZE 192 /* at most, without zeros */
#define MEBIBYTE (1024 * 1024)

enum resource { PLAINTEXT, JSON, ZEROS, UPLOAD, RESOURCES };

#define LINE(text) text, sizeof text - 1
static const struct {
    const char *line;
    size_t line_size;
    const char *type, *body; /* NULL when it is not always the same */
    size_t size;
} resources[RESOURCES] = {
    [PLAINTEXT] = {LINE("GET /plaintext HTTP/1.1\r\n"), "text/plain", "Hello, World!", 13},
    [JSON] = {LINE("GET /json HTTP/1.1\r\n"), "application/json", "{\"message\":\"Hello, World!\"}", 27},
    [ZEROS] = {LINE("GET /bytes/1048576 HTTP/1.1\r\n"), "application/octet-stream", NULL, MEBIBYTE},
    [UPLOAD] = {LINE("POST /upload HTTP/1.1\r\n"), "text/plain", NULL, 0},
};

struct connection {
    int fd;
    struct layer layer;
    bool last; /* it is closed behind the answer */
    char *unread, *unsent; /* NULL when there is nothing */
    size_t unread_size, unsent_size;
    size_t zeros;                /* to be sent behind what is unsent */
    size_t body_left, body_size; /* of an upload */
};

/* What a connection waits for; in CLOSED, for its loop to forget it and to close it. */
enum state { READING, WRITING, CLOSED };

/* What is known of a request's head. */
struct head {
    enum resource resource;
    bool host, last;
    size_t body_size;
};

static char in[READ_SIZE];
static char out[(READ_SIZE / SHORTEST_REQUEST + 2) * ANSWER_SIZE + sizeof REFUSAL];
static const char zeros[MEBIBYTE];

/* For each resource, and for connections that stay and that do not. */
static struct {
    char text[ANSWER_SIZE];
    size_t size;
} answers[RESOURCES][2];

/* Writes the answers anew in each second in which one is asked for. */
static void renew_answers(void) {
    static time_t written;
    time_t now = time(NULL);
    if (now == written) {
        return;
    }
    written = now;
    char date[64];
    struct tm utc;
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &utc));
    for (int i = 0; i < RESOURCES; i++) {
        char length[64] = "";
        if (i != UPLOAD) {
            snprintf(length, sizeof length, "Content-Length: %zu\r\n\r\n", resources[i].size);
        }
        for (int last = 0; last < 2; last++) {
            answers[i][last].size = (size_t)snprintf(
                answers[i][last].text, ANSWER_SIZE, "HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Type: %s\r\n%s%s%s", date,
                resources[i].type, last ? "Connection: close\r\n" : "", length,
                resources[i].body != NULL ? resources[i].body : "");
        }
    }
}

static bool starts_with(const char *line, size_t size, const char *start, size_t start_size) {
    return size >= start_size && memcmp(line, start, start_size) == 0;
}

static bool is_field(const char *line, size_t size, const char *start, size_t start_size) {
    return size >= start_size && strncasecmp(line, start, start_size) == 0;
}

static bool read_request_line(const char *line, size_t size, struct head *head) {
    for (int i = 0; i < RESOURCES; i++) {
        if (starts_with(line, size, resources[i].line, resources[i].line_size)) {
            head->resource = (enum resource)i;
            return true;
        }
    }
    return false;
}

static void read_field(const char *line, size_t size, struct head *head) {
    if (is_field(line, size, LINE("Host:"))) {
        head->host = true;
    } else if (is_field(line, size, LINE("Connection: close"))) {
        head->last = true;
    } else if (is_field(line, size, LINE("Content-Length:"))) {
        head->body_size = strtoul(line + sizeof "Content-Length:" - 1, NULL, 10); /* ends at the CR */
    }
}

/* The length of the head that begins there; 0 when it is not whole yet, -1 when it is to be refused. */
static ssize_t read_head(const char *text, size_t size, struct head *head) {
    size_t line = 0;
    *head = (struct head){0};
    for (size_t at = 0; at < size; at++) {
        if (text[at] != '\n') {
            continue;
        }
        size_t length = at + 1 - line;
        if (length < 2 || text[at - 1] != '\r') {
            return -1;
        }
        if (length == 2) {
            return head->host && (head->resource == UPLOAD) == (head->body_size > 0) ? (ssize_t)at + 1 : -1;
        }
        if (line > 0) {
            read_field(text + line, length, head);
        } else if (!read_request_line(text, length, head)) {
            return -1;
        }
        line = at + 1;
    }
    return 0;
}

static char *copy_of(const char *bytes, size_t size) {
    char *copy = size > 0 ? malloc(size) : NULL;
    if (size > 0 && copy == NULL) {
        err(1, "no memory for %zu bytes", size);
    }
    return size > 0 ? memcpy(copy, bytes, size) : NULL;
}

static void close_connection(struct connection *c) {
    end(&c->layer);
    close(c->fd);
    free(c->unread);
    free(c->unsent);
    free(c);
}

/* How much the system takes now; -1 when the connection is lost. */
static ssize_t send_some(struct connection *c, const char *bytes, size_t size) {
    ssize_t sent = size > 0 ? transmit(&c->layer, c->fd, bytes, size) : 0;
    return sent < 0 && errno == EAGAIN ? 0 : sent;
}

static bool is_writing(const struct connection *c) {
    return c->unsent_size > 0 || c->zeros > 0;
}

/* Sends what the system takes now, and keeps the rest. */
static enum state send_bytes(struct connection *c, const char *bytes, size_t size) {
    ssize_t taken = send_some(c, bytes, size);
    if (taken < 0) {
        return CLOSED;
    }
    char *before = c->unsent; /* bytes may lie in it */
    c->unsent_size = size - (size_t)taken;
    c->unsent = copy_of(bytes + taken, c->unsent_size);
    free(before);
    if (c->unsent_size == 0 && c->zeros > 0) {
        taken = send_some(c, zeros, c->zeros);
        if (taken < 0) {
            return CLOSED;
        }
        c->zeros -= (size_t)taken;
    }
    return is_writing(c) ? WRITING : c->last ? CLOSED : READING;
}

/* Appends what can be answered in full, and returns where that ends. */
static size_t append_answer(size_t at, enum resource resource, bool last) {
    memcpy(out + at, answers[resource][last].text, answers[resource][last].size);
    return at + answers[resource][last].size;
}

/* Takes what there is of an upload's body; behind its end comes the answer, which is its length. */
static size_t take_body(struct connection *c, size_t available, size_t *out_size) {
    size_t taken = available < c->body_left ? available : c->body_left;
    c->body_left -= taken;
    if (c->body_left == 0) {
        char body[32];
        int length = snprintf(body, sizeof body, "%zu", c->body_size);
        *out_size = append_answer(*out_size, UPLOAD, c->last);
        *out_size += (size_t)sprintf(out + *out_size, "Content-Length: %d\r\n\r\n%s", length, body);
    }
    return taken;
}

/* Reads once, and answers all whole requests with one send; behind one for zeros none may be sent ahead. */
static enum state read_once(struct connection *c) {
    size_t left = c->unread_size;
    if (left > 0) {
        memcpy(in, c->unread, left);
    }
    ssize_t count = left < sizeof in ? receive(&c->layer, c->fd, in + left, sizeof in - left) : 0; /* or its head is endless */
    if (count <= 0) {
        return count < 0 && errno == EAGAIN ? READING : CLOSED;
    }
    renew_answers();
    size_t size = left + (size_t)count, at = 0, out_size = 0;
    while (at < size) {
        if (c->body_left > 0) {
            at += take_body(c, size - at, &out_size);
            continue;
        }
        struct head head;
        ssize_t length = read_head(in + at, size - at, &head);
        if (length < 0 || c->zeros > 0) {
            memcpy(out + out_size, REFUSAL, sizeof REFUSAL - 1);
            transmit(&c->layer, c->fd, out, out_size + sizeof REFUSAL - 1);
            return CLOSED;
        }
        if (length == 0) {
            break;
        }
        at += (size_t)length;
        c->last = head.last;
        if (head.resource == UPLOAD) {
            c->body_left = c->body_size = head.body_size;
        } else {
            out_size = append_answer(out_size, head.resource, head.last);
            c->zeros = head.resource == ZEROS ? MEBIBYTE : 0;
        }
    }
    if (left > 0 || at < size) {
        free(c->unread);
        c->unread_size = size - at;
        c->unread = copy_of(in + at, c->unread_size);
    }
    return out_size > 0 ? send_bytes(c, out, out_size) : READING;
}

/* The connection is readable. */
static enum state on_readable(struct connection *c) {
    enum state state;
    do {
        state = read_once(c);
    } while (state == READING && has_more(&c->layer));
    return state;
}

/* The connection is writable, and has something unsent. */
static enum state on_writable(struct connection *c) {
    enum state state = send_bytes(c, c->unsent, c->unsent_size);
    return state == READING && has_more(&c->layer) ? on_readable(c) : state;
}

/* The next connection that waits at a listening socket, or NULL. */
static struct connection *next_connection(int listener) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        return NULL; /* a full table of descriptors would spin here: this is no server for the world */
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    struct connection *c = calloc(1, sizeof *c);
    if (c == NULL) {
        err(1, "no memory for a connection");
    }
    c->fd = fd;
    begin(&c->layer, fd);
    return c;
}

/* Listens on the port of 127.0.0.1 that the command line names. */
static int listen_as_told(int argc, char **argv) {
    int port = argc == ARGUMENTS ? atoi(argv[1]) : 0;
    if (port <= 0 || port > 65535) {
        errx(2, "these arguments are wanted: " USAGE);
    }
    prepare(argv);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)) < 0 ||
        bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0) {
        err(1, "cannot listen on port %d", port);
    }
    return listener;
}

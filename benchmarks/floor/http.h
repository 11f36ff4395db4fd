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

#define REQUEST_LINE "GET /plaintext HTTP/1.1\r\n"
#define REFUSAL "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
#define READ_SIZE (64 * 1024)
#define SHORTEST_REQUEST (sizeof REQUEST_LINE - 1 + sizeof "Host:\r\n\r\n" - 1)
#define ANSWER_SIZE 128 /* at most */

struct connection {
    int fd;
    char *unread, *unsent; /* NULL when there is nothing */
    size_t unread_size, unsent_size;
};

/* What a connection waits for; in CLOSED, for its loop to forget it and to close it. */
enum state { READING, WRITING, CLOSED };

static char in[READ_SIZE];
static char out[(READ_SIZE / SHORTEST_REQUEST + 1) * ANSWER_SIZE + sizeof REFUSAL];
static char answer[ANSWER_SIZE];
static size_t answer_size;

/* Writes the answer anew in each second in which it is asked for. */
static void renew_answer(void) {
    static time_t written;
    time_t now = time(NULL);
    if (now == written) {
        return;
    }
    written = now;
    char date[64];
    struct tm utc;
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &utc));
    answer_size = (size_t)snprintf(answer, sizeof answer,
                                   "HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Type: text/plain\r\n"
                                   "Content-Length: 13\r\n\r\nHello, World!", date);
}

static bool starts_with(const char *line, size_t size, const char *start, size_t start_size) {
    return size >= start_size && memcmp(line, start, start_size) == 0;
}

/* The length of the head that begins there; 0 when it is not whole yet, -1 when it is to be refused. */
static ssize_t head_length(const char *head, size_t size) {
    size_t line = 0;
    bool host = false;
    for (size_t at = 0; at < size; at++) {
        if (head[at] != '\n') {
            continue;
        }
        size_t length = at + 1 - line;
        if (length < 2 || head[at - 1] != '\r') {
            return -1;
        }
        if (length == 2) {
            return host ? (ssize_t)at + 1 : -1;
        }
        if (line == 0) {
            if (!starts_with(head, length, REQUEST_LINE, sizeof REQUEST_LINE - 1)) {
                return -1;
            }
        } else if (length >= sizeof "Host:" - 1 && strncasecmp(head + line, "Host:", sizeof "Host:" - 1) == 0) {
            host = true;
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
    close(c->fd);
    free(c->unread);
    free(c->unsent);
    free(c);
}

/* Sends what the system takes now, and keeps the rest. */
static enum state send_bytes(struct connection *c, const char *bytes, size_t size) {
    ssize_t sent = size > 0 ? send(c->fd, bytes, size, MSG_NOSIGNAL) : 0;
    if (sent < 0 && errno != EAGAIN) {
        return CLOSED;
    }
    size_t taken = sent < 0 ? 0 : (size_t)sent;
    char *before = c->unsent; /* bytes may lie in it */
    c->unsent_size = size - taken;
    c->unsent = copy_of(bytes + taken, c->unsent_size);
    free(before);
    return c->unsent_size > 0 ? WRITING : READING;
}

/* The connection is writable, and has something unsent. */
static enum state on_writable(struct connection *c) {
    return send_bytes(c, c->unsent, c->unsent_size);
}

/* The connection is readable: reads once, and answers all whole requests with one send. */
static enum state on_readable(struct connection *c) {
    size_t left = c->unread_size;
    if (left > 0) {
        memcpy(in, c->unread, left);
    }
    ssize_t count = left < sizeof in ? recv(c->fd, in + left, sizeof in - left, 0) : 0; /* or its head is endless */
    if (count <= 0) {
        return count < 0 && errno == EAGAIN ? READING : CLOSED;
    }
    renew_answer();
    size_t size = left + (size_t)count, at = 0, out_size = 0;
    ssize_t length;
    while ((length = head_length(in + at, size - at)) > 0) {
        memcpy(out + out_size, answer, answer_size);
        out_size += answer_size;
        at += (size_t)length;
    }
    if (length < 0) {
        memcpy(out + out_size, REFUSAL, sizeof REFUSAL - 1);
        send(c->fd, out, out_size + sizeof REFUSAL - 1, MSG_NOSIGNAL);
        return CLOSED;
    }
    if (left > 0 || at < size) {
        free(c->unread);
        c->unread_size = size - at;
        c->unread = copy_of(in + at, c->unread_size);
    }
    return send_bytes(c, out, out_size);
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
    return c;
}

/* Listens on the port of 127.0.0.1 that the command line names. */
static int listen_as_told(int argc, char **argv) {
    int port = argc == 2 ? atoi(argv[1]) : 0;
    if (port <= 0 || port > 65535) {
        errx(2, "one argument is wanted, a port");
    }
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

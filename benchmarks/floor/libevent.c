/* The floor on libevent's event API, without bufferevents and without evhttp. Usage: libevent PORT */
#include "http.h"
#include <event2/event.h>

/* A connection and the events of its two directions, of which one is added. */
struct watched {
    struct connection *connection;
    struct event *readable, *writable;
};

static struct event_base *base;

static void on_ready(evutil_socket_t fd, short what, void *data) {
    (void)fd;
    struct watched *w = data;
    enum state after = what & EV_WRITE ? on_writable(w->connection) : on_readable(w->connection);
    struct event *now = what & EV_WRITE ? w->writable : w->readable;
    struct event *next = after == WRITING ? w->writable : w->readable;
    if (after == CLOSED) {
        event_free(w->readable);
        event_free(w->writable);
        close_connection(w->connection);
        free(w);
    } else if (next != now) {
        event_del(now);
        event_add(next, NULL);
    }
}

static void on_waiting(evutil_socket_t listener, short what, void *data) {
    (void)what;
    (void)data;
    struct connection *c;
    while ((c = next_connection(listener)) != NULL) {
        struct watched *w = calloc(1, sizeof *w);
        if (w == NULL) {
            err(1, "no memory for a connection");
        }
        w->connection = c;
        w->readable = event_new(base, c->fd, EV_READ | EV_PERSIST, on_ready, w);
        w->writable = event_new(base, c->fd, EV_WRITE | EV_PERSIST, on_ready, w);
        event_add(w->readable, NULL);
    }
}

int main(int argc, char **argv) {
    int listener = listen_as_told(argc, argv);
    base = event_base_new();
    if (base == NULL) {
        errx(1, "libevent has no method that works here");
    }
    event_add(event_new(base, listener, EV_READ | EV_PERSIST, on_waiting, NULL), NULL);
    return event_base_dispatch(base);
}

/* The floor: what it costs to answer small HTTP requests with nothing between the program and epoll. Usage: epoll PORT */
#include "http.h"
#include <sys/epoll.h>

#define EVENTS 1024

static int epoll;

static void watch(int operation, int fd, uint32_t events, void *data) {
    if (epoll_ctl(epoll, operation, fd, &(struct epoll_event){.events = events, .data.ptr = data}) < 0) {
        err(1, "epoll_ctl");
    }
}

/* Errors are not looked for: they show in the next recv or send. */
static void on_ready(struct connection *c) {
    enum state before = is_writing(c) ? WRITING : READING;
    enum state after = before == WRITING ? on_writable(c) : on_readable(c);
    if (after == CLOSED) {
        close_connection(c); /* and epoll forgets it */
    } else if (after != before) {
        watch(EPOLL_CTL_MOD, c->fd, after == WRITING ? EPOLLOUT : EPOLLIN, c);
    }
}

int main(int argc, char **argv) {
    int listener = listen_as_told(argc, argv);
    struct epoll_event events[EVENTS];
    epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(EPOLL_CTL_ADD, listener, EPOLLIN, NULL);
    for (;;) {
        int count = epoll_wait(epoll, events, EVENTS, -1);
        if (count < 0 && errno != EINTR) {
            err(1, "epoll_wait");
        }
        for (int i = 0; i < count; i++) {
            struct connection *c = events[i].data.ptr;
            if (c != NULL) {
                on_ready(c);
                continue;
            }
            while ((c = next_connection(listener)) != NULL) {
                watch(EPOLL_CTL_ADD, c->fd, EPOLLIN, c);
            }
        }
    }
}

/* What the bytes of a connection pass on their way: nothing. For http.h; see tls.h. */
#define ARGUMENTS 2
#define USAGE "PORT"

struct layer {
    char nothing;
};

static void prepare(char **argv) {
    (void)argv;
}

static void begin(struct layer *l, int fd) {
    (void)l;
    (void)fd;
}

static void end(struct layer *l) {
    (void)l;
}

static bool has_more(const struct layer *l) {
    (void)l;
    return false;
}

/* As recv(2). */
static ssize_t receive(struct layer *l, int fd, char *bytes, size_t size) {
    (void)l;
    return recv(fd, bytes, size, 0);
}

/* As send(2), without signals. */
static ssize_t transmit(struct layer *l, int fd, const char *bytes, size_t size) {
    (void)l;
    return send(fd, bytes, size, MSG_NOSIGNAL);
}

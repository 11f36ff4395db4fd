package org.pollux.reactor.uring;

/** Constants of {@code linux/io_uring.h}, {@code poll.h} and {@code sys/socket.h}, the same on all processors that Java supports. */
final class Flags {

    // io_uring_setup
    static final int SETUP_CQSIZE = 1 << 3;
    static final int SETUP_CLAMP = 1 << 4;
    static final int SETUP_R_DISABLED = 1 << 6;
    static final int SETUP_SUBMIT_ALL = 1 << 7;
    static final int SETUP_SINGLE_ISSUER = 1 << 12;
    static final int SETUP_DEFER_TASKRUN = 1 << 13;
    static final int SETUP_NO_SQARRAY = 1 << 16;

    // what the kernel has
    static final int FEATURE_NO_IOWAIT = 1 << 17;

    // io_uring_enter
    static final int ENTER_GETEVENTS = 1;
    static final int ENTER_EXT_ARG = 1 << 3;
    static final int ENTER_NO_IOWAIT = 1 << 7;

    // io_uring_register
    static final int REGISTER_ENABLE_RINGS = 12;
    static final int REGISTER_PBUF_RING = 22;

    // the submission queue
    static final int SQ_CQ_OVERFLOW = 1 << 1;

    // entries
    static final int OP_POLL_ADD = 6;
    static final int OP_ASYNC_CANCEL = 14;
    static final int OP_SEND = 26;
    static final int OP_RECV = 27;
    static final int SQE_BUFFER_SELECT = 1 << 5;
    static final int SQE_CQE_SKIP_SUCCESS = 1 << 6;
    static final int RECV_MULTISHOT = 1 << 1;

    // completions
    static final int CQE_BUFFER = 1;
    static final int CQE_MORE = 1 << 1;
    static final int CQE_BUFFER_SHIFT = 16;

    // poll
    static final int POLLIN = 0x01;
    static final int POLLOUT = 0x04;

    // send
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_WAITALL = 0x100;
    static final int MSG_NOSIGNAL = 0x4000;

    private Flags() {}
}

package org.pollux.reactor.uring;

/**
 * The system calls of a ring, in plain Java types: a pointer is a {@code long}, a descriptor is an {@code int}. A call that fails
 * returns its negative {@code errno}, as inside the kernel.
 *
 * <p>For one thread at a time.
 */
interface Kernel {

    /** {@code io_uring_setup(2)}: the ring's descriptor. */
    int setup(int entries, long parameters);

    /** {@code io_uring_enter2(2)}: how many entries it took. */
    int enter(int ring, int submit, int atLeast, int flags, long argument, long length);

    /** {@code io_uring_register(2)}. */
    int register(int ring, int operation, long argument, int count);

    /** {@code mmap(2)} of a ring's memory: its address. */
    long map(int ring, long length, long offset);

    /** {@code munmap(2)}. */
    int unmap(long address, long length);

    /** {@code close(2)}. */
    int close(int descriptor);
}

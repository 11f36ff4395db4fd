package org.pollux.reactor.uring;

/** The kernel, until a test overrides a system call of it. */
abstract class ChangedKernel implements Kernel {

    private final Kernel kernel;

    ChangedKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public int setup(int entries, long parameters) {
        return kernel.setup(entries, parameters);
    }

    @Override
    public int enter(int ring, int submit, int atLeast, int flags, long argument, long length) {
        return kernel.enter(ring, submit, atLeast, flags, argument, length);
    }

    @Override
    public int register(int ring, int operation, long argument, int count) {
        return kernel.register(ring, operation, argument, count);
    }

    @Override
    public long map(int ring, long length, long offset) {
        return kernel.map(ring, length, offset);
    }

    @Override
    public int unmap(long address, long length) {
        return kernel.unmap(address, length);
    }

    @Override
    public int close(int descriptor) {
        return kernel.close(descriptor);
    }
}

/**
 * A complete backend to copy from, on {@code poll(2)}. {@code docs/writing-a-backend.md} explains it step by step.
 *
 * <p>From the outside inwards: {@link org.pollux.samples.backend.PollBackend} checks that it can work here.
 * {@code PollPoller} keeps the rules of the SPI and knows no C. {@code PollRegistration} is a source and its descriptor.
 * {@code PollArray} is the one call of C.
 *
 * <p>It is small, not fast: the system looks at every source in every poll, and so does this backend.
 */
@NullMarked
package org.pollux.samples.backend;

import org.jspecify.annotations.NullMarked;

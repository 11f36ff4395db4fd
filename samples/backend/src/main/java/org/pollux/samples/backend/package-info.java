/**
 * A whole backend to copy from, on {@code poll(2)}; {@code docs/writing-a-backend.md} explains it step by step.
 *
 * <p>From the outside inwards: {@link org.pollux.samples.backend.PollBackend} says whether it can work here,
 * {@code PollPoller} keeps the rules of the SPI and nothing of C, {@code PollArray} is the one call of C,
 * {@code Descriptors} the one secret of the JDK that it needs.
 *
 * <p>It is small, not fast: the system looks at every source in every poll, and so does this.
 */
@NullMarked
package org.pollux.samples.backend;

import org.jspecify.annotations.NullMarked;

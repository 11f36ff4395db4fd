/**
 * Event loops, handles and connections: what a protocol is written against.
 *
 * <p>A {@link org.pollux.reactor.Reactor} calls callbacks, one at a time, on one thread. On the low level it gives a
 * {@link org.pollux.reactor.Handle} for each timer and signal, and a {@link org.pollux.reactor.Watch} for each channel.
 * Above it a {@link org.pollux.reactor.Connection} is a stream with queues and limits, and a
 * {@link org.pollux.reactor.Protocol} says what to do with each one. A protocol is offered as an OSGi service with an
 * {@link org.pollux.reactor.Endpoint}, and the runtime binds it while the server runs.
 *
 * <p><b>Threads.</b> Everything here belongs to the thread of its reactor unless its javadoc says "from any thread". A
 * callback never runs inside another one, and never after the object it is about has told of its end. Nothing here names a
 * backend: a reactor keeps its connections, timers and tasks when the polling below it is replaced.
 *
 * <p><b>Exceptions.</b> Four rules hold for every type here:
 *
 * <ul>
 *   <li>A method that creates something on the spot which the system may refuse throws {@link java.io.IOException}:
 *       {@code watch}, {@code listen}, {@code bind}, {@code ReactorFactory.open}. Nothing is left open then.
 *   <li>What fails later, {@code connect} among it, is told to a callback: {@code onClosed} has the cause.
 *   <li>A method on something that exists throws no checked exception. What the system refuses there is an
 *       {@link java.io.UncheckedIOException}, or ends the object and is told to its callback.
 *   <li>A wrong argument is an {@link java.lang.IllegalArgumentException}; a wrong thread and a wrong moment, such as a
 *       closed reactor, are an {@link java.lang.IllegalStateException}. A closed object's {@code close} does nothing.
 * </ul>
 */
@Export
@Version("0.4.0")
@NullMarked
package org.pollux.reactor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

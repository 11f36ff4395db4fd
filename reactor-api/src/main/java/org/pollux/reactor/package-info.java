/**
 * Event loops, handles and connections: the API for protocols.
 *
 * <p>A {@link org.pollux.reactor.Reactor} calls callbacks, one at a time, on one thread. At the low level it returns a
 * {@link org.pollux.reactor.Handle} for each timer and signal, and a {@link org.pollux.reactor.Watch} for each channel.
 * Above that, a {@link org.pollux.reactor.Connection} is a stream with queues and limits, and a
 * {@link org.pollux.reactor.Protocol} gives each one its handler. A protocol is offered as an OSGi service with an
 * {@link org.pollux.reactor.Endpoint}, and the runtime binds it while the server runs.
 *
 * <p><b>Threads.</b> Everything here belongs to the thread of its reactor unless its javadoc says "from any thread". A
 * callback never runs inside another one, and never after the object has reported its end. Nothing here depends on a
 * backend: a reactor keeps its connections, timers and tasks when the polling below it is replaced.
 *
 * <p><b>Updates.</b> A protocol's connections drain when its bundle is updated, unless it opts in: its handlers give their state as
 * bytes ({@link org.pollux.reactor.ConnectionHandler#snapshot}), and the next version continues from them ({@link
 * org.pollux.reactor.Protocol#adopt}). Only bytes pass: the versions share no class. So they can be versions in two processes as
 * well, when the second one also gets the descriptor, the unread and the unsent bytes.
 *
 * <p><b>Exceptions.</b> Four rules hold for every type here:
 *
 * <ul>
 *   <li>A method that creates something immediately, which the system may refuse, throws {@link java.io.IOException}:
 *       {@code watch}, {@code listen}, {@code bind}, {@code ReactorFactory.open}. Nothing is left open then.
 *   <li>A later failure, such as that of {@code connect}, is reported to a callback: {@code onClosed} has the cause.
 *   <li>A method on an existing object throws no checked exception. When the system refuses it, the method throws an
 *       {@link java.io.UncheckedIOException}, or the object ends and its callback reports the cause.
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

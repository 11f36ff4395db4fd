/**
 * Event loops, events and connections: what a protocol is written against.
 *
 * <p>A {@link org.pollux.reactor.Reactor} holds registered events and calls their callbacks, one at a time, on one
 * thread. On the low level an {@link org.pollux.reactor.Event} watches a channel, a clock or a signal. Above it a
 * {@link org.pollux.reactor.Connection} is a stream with queues and bounds, and a
 * {@link org.pollux.reactor.Protocol} says what to do with each one. A protocol is offered as an OSGi service with an
 * {@link org.pollux.reactor.Endpoint}, and the runtime binds it while the server runs.
 *
 * <p>Everything here belongs to the thread of its reactor unless its javadoc says "from any thread". A callback never
 * runs inside another one, and never after the object it is about has told of its end. Nothing here names a backend: a
 * reactor keeps its connections, timers and tasks when the polling below it is exchanged.
 */
@Export
@Version("0.3.0")
@NullMarked
package org.pollux.reactor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

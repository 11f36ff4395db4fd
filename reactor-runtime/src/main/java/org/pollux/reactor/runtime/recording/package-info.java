/**
 * The events for the JDK's Flight Recorder. Each point of the runtime hands its values over, and an event is made only while a
 * recording wants it. It knows no other package of the runtime.
 */
@NullMarked
package org.pollux.reactor.runtime.recording;

import org.jspecify.annotations.NullMarked;

/** The event for the JDK's Flight Recorder: a slow request. It knows no other room. */
@NullMarked
package org.pollux.http.server.recording;

import org.jspecify.annotations.NullMarked;

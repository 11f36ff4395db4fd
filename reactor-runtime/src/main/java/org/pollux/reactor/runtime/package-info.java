/**
 * The event loop of a program without a server.
 *
 * <p>{@link org.pollux.reactor.runtime.EventLoop} is a reactor that needs a backend and no container. Its implementation is
 * in the packages below, which are not exported: connections in {@code net}, events in {@code events}, and the loop that
 * turns them in {@code loop}.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.reactor.runtime;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

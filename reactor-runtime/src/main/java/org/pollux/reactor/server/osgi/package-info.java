/**
 * The server as Declarative Services components. They pass on what the framework tells, services and configurations that come,
 * change and go, and what is typed into the shell. {@link org.pollux.reactor.server.PolluxServer} does the work.
 */
@NullMarked
package org.pollux.reactor.server.osgi;

import org.jspecify.annotations.NullMarked;

/**
 * The server as Declarative Services components. They report services and configurations that start, change and end, and run
 * the commands of the shell. {@link org.pollux.reactor.server.PolluxServer} does the work.
 */
@NullMarked
package org.pollux.reactor.server.osgi;

import org.jspecify.annotations.NullMarked;

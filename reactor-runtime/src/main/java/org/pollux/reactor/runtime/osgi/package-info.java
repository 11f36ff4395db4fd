/**
 * The server as Declarative Services components: they pass on what the framework tells, services and configurations that
 * come, change and go, and what is typed into the shell. All that they do is done by {@code org.pollux.reactor.runtime}.
 */
@NullMarked
package org.pollux.reactor.runtime.osgi;

import org.jspecify.annotations.NullMarked;

/** The container as a service: finds the dispatcher of Felix's bridge, and keeps sessions while bundles are replaced. */
@NullMarked
package org.pollux.servlet.osgi;

import org.jspecify.annotations.NullMarked;

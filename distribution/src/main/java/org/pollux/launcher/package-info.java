/** Starts the OSGi framework and the bundles of one server. */
@NullMarked
package org.pollux.launcher;

import org.jspecify.annotations.NullMarked;

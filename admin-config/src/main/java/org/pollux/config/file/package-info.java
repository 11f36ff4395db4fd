/** Reads configuration files: decides when a file is complete, and parses it. Plain Java, without OSGi. */
@NullMarked
package org.pollux.config.file;

import org.jspecify.annotations.NullMarked;

/** Files of configuration: when one is complete, and what is in it. Plain Java. */
@NullMarked
package org.pollux.config.file;

import org.jspecify.annotations.NullMarked;

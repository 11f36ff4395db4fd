/**
 * What may be configured, and whether a value may be: the metatype of a bundle as data, and the check of values against it. Plain
 * Java, for any thread, without state.
 */
@NullMarked
package org.pollux.config.check;

import org.jspecify.annotations.NullMarked;

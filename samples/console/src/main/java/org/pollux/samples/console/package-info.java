/** A plugin of the Felix Web Console. It sees the server by {@code org.pollux.reactor.admin} only. */
@NullMarked
package org.pollux.samples.console;

import org.jspecify.annotations.NullMarked;

/** The Gogo shell over a Unix-domain socket. */
@NullMarked
package org.pollux.shell;

import org.jspecify.annotations.NullMarked;

/**
 * The Gogo shell over a Unix-domain socket, through which an operator or a script administers a running server. {@code
 * ShellProtocol} describes the wire format.
 */
@NullMarked
package org.pollux.shell;

import org.jspecify.annotations.NullMarked;

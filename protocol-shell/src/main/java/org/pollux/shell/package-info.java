/**
 * The Gogo shell over a Unix-domain socket: how an operator, or a script, asks a running server something. What is said
 * on the wire is described at {@code ShellProtocol}.
 */
@NullMarked
package org.pollux.shell;

import org.jspecify.annotations.NullMarked;

/**
 * The PROXY protocol as a stage of a connection: a proxy tells in the first bytes whose connection it passes on. One stage reads the
 * header, and one sends it. This package knows
 * {@code runtime.net} only.
 */
@NullMarked
package org.pollux.reactor.runtime.proxy;

import org.jspecify.annotations.NullMarked;

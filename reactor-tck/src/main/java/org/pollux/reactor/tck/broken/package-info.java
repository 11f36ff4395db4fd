/**
 * Backends that break the contract on purpose, one rule each, to show that its tests catch them.
 *
 * <p>{@link org.pollux.reactor.tck.broken.Fault} is the table of them. Each one wraps a backend that works, hands on
 * what it is asked, and does one thing wrong. The mistakes are those that a backend's author makes.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck.broken;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

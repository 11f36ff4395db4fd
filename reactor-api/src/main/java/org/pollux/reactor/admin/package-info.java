/**
 * What a server says of itself, and the one thing that can be asked of it: another backend. The {@code status} command,
 * the start page and monitoring are made of these.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.pollux.reactor.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

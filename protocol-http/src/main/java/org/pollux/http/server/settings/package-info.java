/**
 * What a program tells the server: its limits, and where handlers and filters are. Plain values, each of which is checked when
 * it is made.
 */
@Export
@Version("0.3.0")
@NullMarked
package org.pollux.http.server.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

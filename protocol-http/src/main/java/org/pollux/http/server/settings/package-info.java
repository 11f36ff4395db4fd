/**
 * The settings of a server: its limits, and the places of handlers and filters. They are plain values; each is checked when
 * it is made.
 */
@Export
@Version("0.3.0")
@NullMarked
package org.pollux.http.server.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * The numbers of the server as meters of Micrometer, for programs that send them to a system of their own. This package is the only one
 * that knows Micrometer, and the bundle resolves without it: its packages are imported when a {@code MeterRegistry} is there.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

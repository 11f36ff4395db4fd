/** What an operator sees and changes in a running server. */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

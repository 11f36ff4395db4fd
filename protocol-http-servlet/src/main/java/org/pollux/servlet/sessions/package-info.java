/**
 * Sessions: found by the id of a cookie, limited in number, ended after a time without a request. Their values can leave the
 * heap as bytes and return with other classes, so that sessions outlive an update of the bundles that use them. Knows nothing of
 * requests.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.servlet.sessions;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * Certificates in files: finds them in a folder, reads and checks them, and follows their renewal. This package knows no other
 * package of the runtime.
 */
@NullMarked
package org.pollux.reactor.server.certificates;

import org.jspecify.annotations.NullMarked;

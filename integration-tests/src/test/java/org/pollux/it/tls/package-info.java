/** TLS on a whole server: every engine on every backend, with clients of the JDK. */
@NullMarked
package org.pollux.it.tls;

import org.jspecify.annotations.NullMarked;

/** The smallest real protocol: it sends back what it is sent. */
@NullMarked
package org.pollux.echo;

import org.jspecify.annotations.NullMarked;

/** The smallest real protocol: it sends back every byte that it receives. */
@NullMarked
package org.pollux.echo;

import org.jspecify.annotations.NullMarked;

/** The client as a service. */
@NullMarked
package org.pollux.http.client.osgi;

import org.jspecify.annotations.NullMarked;

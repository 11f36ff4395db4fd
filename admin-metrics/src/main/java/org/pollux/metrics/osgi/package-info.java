/** The components: metrics and health by HTTP, JMX, and the service for other bundles. */
@NullMarked
package org.pollux.metrics.osgi;

import org.jspecify.annotations.NullMarked;

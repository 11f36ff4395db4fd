/** Servlets as services of the OSGi Servlet Whiteboard. They know nothing of Pollux. */
@NullMarked
package org.pollux.samples.servlets;

import org.jspecify.annotations.NullMarked;

/**
 * Jakarta Servlet 6.1 behind a handler: {@link org.pollux.servlet.ServletContainer} has one servlet, which serves every path of
 * its context. In a framework this servlet is the dispatcher of Apache Felix's {@code http.bridge}, which brings the OSGi Servlet
 * Whiteboard. Without OSGi it is any servlet.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.servlet;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

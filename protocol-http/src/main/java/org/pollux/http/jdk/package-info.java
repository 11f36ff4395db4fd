/**
 * Services of the JDK's own {@code com.sun.net.httpserver.HttpHandler} as handlers of this server. This is the only part
 * that needs the module {@code jdk.httpserver}; it is not active where the module is missing.
 */
@NullMarked
package org.pollux.http.jdk;

import org.jspecify.annotations.NullMarked;

/**
 * Services of the JDK's own {@code com.sun.net.httpserver.HttpHandler} as handlers of this server, for those who have
 * some. It is the only part that needs the module {@code jdk.httpserver}, and stays away where that is missing.
 */
@NullMarked
package org.pollux.http.jdk;

import org.jspecify.annotations.NullMarked;

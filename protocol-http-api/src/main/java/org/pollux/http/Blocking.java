package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Marks an {@link HttpHandler} or {@link HttpFilter} that blocks: the service property {@code blocking}. It is called
 * on a separate thread for each request, and may wait there for anything. It reads from {@link RequestBody#inputStream}
 * and writes to {@link ResponseStream#outputStream}.
 *
 * <p>When the call returns, a stream that it left open is closed; when the call throws, such a stream is aborted. When
 * it returns without a response, it can still respond later.
 */
@ComponentPropertyType
public @interface Blocking {}

package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Says of an {@link HttpHandler} or {@link HttpFilter} that it blocks: the service property {@code blocking}. It is called
 * on a thread of its own for each request, and may wait there for whatever it likes. It reads from
 * {@link RequestBody#inputStream} and writes to {@link ResponseStream#outputStream}.
 *
 * <p>When the call returns, a stream that it opened is closed, and one that it did not close because of an exception is
 * aborted. When it returns without a response, it can still respond later.
 */
@ComponentPropertyType
public @interface Blocking {}

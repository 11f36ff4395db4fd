/**
 * A chat: the same lines by WebSocket and by server-sent events, with a page at {@code /chat} that shows both side by side.
 *
 * <p>The {@code Room} keeps the last lines and knows who is there. {@code ChatSocket} and {@code ChatEvents} are its doors.
 */
@NullMarked
package org.pollux.samples.chat;

import org.jspecify.annotations.NullMarked;

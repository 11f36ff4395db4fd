/**
 * The files of a folder as an HTTP handler: {@link org.pollux.http.files.StaticFiles}.
 *
 * <p>A request goes through four steps, each of which knows nothing of the others: {@code Folder} finds what the path names,
 * {@code Representation} is what would be sent of it, {@code Preconditions} say whether it is wanted at all, and
 * {@code Ranges} which part. Calls of the file system block, so all of it runs on a thread of its own; the bytes of a file are
 * sent by the server.
 */
@NullMarked
package org.pollux.http.files;

import org.jspecify.annotations.NullMarked;

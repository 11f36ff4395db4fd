/**
 * The files of a folder as an HTTP handler: {@link org.pollux.http.files.StaticFiles}.
 *
 * <p>A request goes through four steps, which do not know each other. {@code Folder} finds the file of the path. {@code
 * Representation} chooses the form to send. {@code Preconditions} decide whether to send it. {@code Ranges} choose the
 * part. Calls of the file system block, so all of it runs on a thread of its own. The server sends the bytes of a file.
 */
@NullMarked
package org.pollux.http.files;

import org.jspecify.annotations.NullMarked;

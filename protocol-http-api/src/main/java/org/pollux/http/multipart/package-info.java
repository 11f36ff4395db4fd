/**
 * Forms with files: {@code multipart/form-data} (RFC 7578), which browsers send. {@link
 * org.pollux.http.multipart.MultipartForm} reads a whole form in a handler that blocks, with its files on disk. {@link
 * org.pollux.http.multipart.Multipart} gives a handler on the loop the parts in pieces, as they come. {@link
 * org.pollux.http.multipart.MultipartParser} is the parser of both, for bytes from anywhere. Everything that a client sends
 * has a limit ({@link org.pollux.http.multipart.MultipartLimits}).
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.http.multipart;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

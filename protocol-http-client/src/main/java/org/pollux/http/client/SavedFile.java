package org.pollux.http.client;

import java.nio.file.Path;

/**
 * A body that was saved.
 *
 * @param bytes its length
 */
public record SavedFile(HttpResponseHead head, Path file, long bytes) {}

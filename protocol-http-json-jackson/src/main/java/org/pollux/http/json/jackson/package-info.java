/** JSON for handlers, by Jackson: {@link org.pollux.http.json.jackson.JacksonCodec}. */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.http.json.jackson;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

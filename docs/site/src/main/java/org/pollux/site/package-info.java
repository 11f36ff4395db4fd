/** The site of {@code ./pollux docs}: pages from Markdown, the javadoc, and a check of every link. */
@NullMarked
package org.pollux.site;

import org.jspecify.annotations.NullMarked;

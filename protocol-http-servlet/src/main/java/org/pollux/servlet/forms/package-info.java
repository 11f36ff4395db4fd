/** What clients send in queries and forms, read with limits. Knows nothing of sessions and responses. */
@NullMarked
package org.pollux.servlet.forms;

import org.jspecify.annotations.NullMarked;

/** The seam of stages, proved by stages that only these tests have, on every backend. */
@NullMarked
package org.pollux.it.stages;

import org.jspecify.annotations.NullMarked;

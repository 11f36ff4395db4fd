/** Resources of the OSGi Jakarta RESTful Web Services Whiteboard. They know nothing of Pollux. */
@NullMarked
package org.pollux.samples.rest;

import org.jspecify.annotations.NullMarked;

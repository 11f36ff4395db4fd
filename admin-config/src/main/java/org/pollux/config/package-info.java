/**
 * Checks and reports configuration, in any OSGi framework with Configuration Admin and Declarative Services.
 *
 * <p>{@link org.pollux.config.Configurations} is between Configuration Admin and all components. It reads each bundle's
 * description of its keys, converts units, refuses single bad values, and reports them. {@link org.pollux.config.ConfFolders} reads the files
 * of {@code conf/} once they are complete. {@link org.pollux.config.ConfigCommand} shows all of it.
 */
@NullMarked
package org.pollux.config;

import org.jspecify.annotations.NullMarked;

/**
 * Configuration that tells the truth, in any OSGi framework with Configuration Admin and Declarative Services.
 *
 * <p>{@link org.pollux.config.Configurations} stands between Configuration Admin and all components: it knows what each bundle
 * says of its keys, converts units, refuses a bad value alone, and reports. {@link org.pollux.config.ConfFolders} reads the files
 * of {@code conf/} once they are complete. {@link org.pollux.config.ConfigCommand} shows all of it.
 */
@NullMarked
package org.pollux.config;

import org.jspecify.annotations.NullMarked;

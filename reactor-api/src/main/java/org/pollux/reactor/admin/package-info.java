/**
 * What a server says of itself, and the one thing that can be asked of it: another backend. The {@code status} command,
 * the start page and monitoring are made of these.
 *
 * <p>Any bundle can report a fault to the operator, without an import of Pollux. It registers a service
 * {@link java.util.function.Supplier} with the property {@code pollux.faults}, whose value names the reporter. The supplier
 * returns a {@code List<String>}, one line for each fault that is present: what is wrong, with which value, and the remedy.
 * It is called on any thread and must return at once. {@code pollux status}, {@code pollux start} and
 * {@link ServerStatus#faults} show the lines.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.pollux.reactor.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

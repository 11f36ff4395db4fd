/**
 * The status of a server, and two requests to it: to use another backend, and to give another thread to a loop that is
 * held up. The {@code status} command, the start page and monitoring are built on these.
 *
 * <p>{@link org.pollux.reactor.admin.ServerStatus} and its parts are interfaces, because later versions add methods.
 * Only the server implements them. A test that needs one writes a record that implements it. The report of a single
 * event, such as a {@link org.pollux.reactor.admin.SwapReport}, is a record; when it gets a component, the constructors
 * of earlier versions stay.
 *
 * <p>Any bundle can report a fault to the operator, without an import of Pollux. It registers a service
 * {@link java.util.function.Supplier} with the property {@code pollux.faults}, whose value names the reporter. The supplier
 * returns a {@code List<String>}, one line for each fault that is present: what is wrong, with which value, and the remedy.
 * It is called on any thread and must return at once. {@code pollux status}, {@code pollux start} and
 * {@link ServerStatus#faults} show the lines.
 */
@Export
@Version("0.4.0")
@NullMarked
package org.pollux.reactor.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * The backend {@code chaos}: another backend with faults by seed.
 *
 * <p>From the outside inwards: {@link org.pollux.reactor.chaos.ChaosBackend} opens pollers of the wrapped backend. A
 * {@code ChaosPoller} changes when readiness is told, a {@code ChaosStream} changes how bytes move, and {@code Dice} decide
 * which {@code Fault} happens.
 */
@Export(
        substitution =
                Export.Substitution
                        .NOIMPORT) // exported for plain Java; a bundle that imports its own package could get its
// previous version
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.chaos;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

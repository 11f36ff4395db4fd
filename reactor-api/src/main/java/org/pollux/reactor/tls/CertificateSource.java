package org.pollux.reactor.tls;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Brings certificates to the {@code tls://} endpoints: an OSGi service, of which there may be several;
 * {@code service.ranking} orders them. The files in {@code conf/tls} are one such source.
 *
 * <p>The runtime asks it when the service appears, and again whenever the properties of the service change. So a source that has
 * renewed a certificate sets its properties again, one of them with another value.
 */
@FunctionalInterface
@ConsumerType
public interface CertificateSource {

    /**
     * What it has now. Called on an administrative thread, not on a loop's; it may read files.
     *
     * @return the first one first; may be empty
     * @throws IOException when it cannot tell: the runtime reports it, and continues with what the source gave before
     */
    List<CertifiedKey> certificates() throws IOException;
}

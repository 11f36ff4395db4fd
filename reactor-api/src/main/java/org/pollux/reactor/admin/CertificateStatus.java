package org.pollux.reactor.admin;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A certificate that the server shows its clients. From any thread. */
@ProviderType
public interface CertificateStatus {

    /** Its file or its bundle, for people. */
    String origin();

    /** The host names that it is for. */
    List<String> names();

    /** When it expires. */
    Instant end();
}

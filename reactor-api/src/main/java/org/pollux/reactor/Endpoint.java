package org.pollux.reactor;

import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The address at which a {@link Protocol} or {@link DatagramProtocol} service is reached: the service property
 * {@code endpoint}, one or several. Configuration of the component overrides it.
 *
 * <pre>
 *   tcp://127.0.0.1:7007      tcp://[::1]:7007      tcp://0.0.0.0:7007      port 0: any free one
 *   tls://127.0.0.1:7443      the same, encrypted: docs/tls.md
 *   tcp://10.0.0.1:80?proxy=10.0.0.5      behind a proxy that tells its clients: docs/endpoints.md
 *   udp://127.0.0.1:7007
 *   unix:/run/my.sock         unix:my.sock?mode=660     relative to the server's home; mode 600 unless given
 * </pre>
 *
 * <p>The runtime binds it when the service appears, and closes it when the service is removed. When the property
 * changes, only the addresses that differ are rebound, and established connections stay. When the service is replaced,
 * the listening socket stays open.
 */
@Requirement(namespace = "osgi.implementation", name = "org.pollux.runtime", effective = "active")
@ComponentPropertyType
public @interface Endpoint {

    String[] value();
}

package org.pollux.echo;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** The datagram settings of {@link EchoConfiguration}, without an endpoint that would be every component's default. */
@ComponentPropertyType
@interface DatagramLimits {

    int datagramsPerSource() default DatagramEcho.PER_SOURCE;

    boolean lowPorts() default false;
}

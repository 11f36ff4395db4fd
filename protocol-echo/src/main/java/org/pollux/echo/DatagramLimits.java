package org.pollux.echo;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** What {@link EchoConfiguration} says of datagrams, without an endpoint that would be every component's default. */
@ComponentPropertyType
@interface DatagramLimits {

    int datagramsPerSource() default DatagramEcho.PER_SOURCE;

    boolean lowPorts() default false;
}

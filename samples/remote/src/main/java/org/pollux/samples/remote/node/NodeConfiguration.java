package org.pollux.samples.remote.node;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.samples.remote.node}. Without it the server is not a node. */
@ObjectClassDefinition(name = "Pollux remote node", description = "A sample of a service that other servers use")
@interface NodeConfiguration {

    @AttributeDefinition(name = "Name", description = "The name of this node, in its greetings")
    String name() default "node";
}

package org.pollux.reactor.chaos;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.chaos}. */
@ObjectClassDefinition(
        name = "Pollux chaos",
        description = "The backend chaos, which injects faults into another backend. It is for staging servers")
@interface ChaosConfiguration {

    @AttributeDefinition(
            name = "Wrapped backend",
            description = "The backend that chaos polls with: a name such as nio, or auto for the working backend with "
                    + "the highest ranking")
    String wraps() default ServiceChoice.AUTO;

    @AttributeDefinition(
            name = "Seed",
            description = "Decides which faults happen. The same seed repeats them; 0 chooses one at start, and status "
                    + "and the log show it")
    long seed() default 0;

    @AttributeDefinition(
            name = "Intensity",
            description = "How many of the possible faults happen, in percent",
            min = "1",
            max = "100")
    int intensity() default ChaosSettings.DEFAULT_INTENSITY;
}

package org.pollux.health;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.Server;

/** Whether the loops turn. A loop that a handler holds up is a warning, because the connections of the other loops are served. */
@Component(
        property = {HealthCheck.NAME + "=Pollux turns", HealthCheck.TAGS + "=pollux", HealthCheck.TAGS + "=liveness"})
public final class LoopsCheck implements HealthCheck {

    private final Server server;

    /** Looks at this server. */
    @Activate
    public LoopsCheck(@Reference Server server) {
        this.server = server;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        for (LoopStatus loop : server.status().loops()) {
            loop.heldUp()
                    .ifPresentOrElse(
                            why -> log.warn("{} is {}", loop.name(), why), () -> log.info("{} turns", loop.name()));
        }
        return new Result(log);
    }
}

package org.pollux.health;

import java.util.List;
import java.util.function.Supplier;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the server should get requests, as {@code /health/ready} and {@code pollux health} tell it. */
@Component(
        property = {HealthCheck.NAME + "=Pollux is ready", HealthCheck.TAGS + "=pollux", HealthCheck.TAGS + "=readiness"
        })
public final class ReadyCheck implements HealthCheck {

    private final Supplier<List<String>> reasons;

    /**
     * Tells the readiness of {@code admin-metrics}.
     *
     * @param reasons why the server is not ready, a line each; empty when it is
     */
    @Activate
    public ReadyCheck(@Reference(target = "(pollux.readiness=*)") Supplier<List<String>> reasons) {
        this.reasons = reasons;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        List<String> now = reasons.get();
        now.forEach(reason -> log.temporarilyUnavailable("{}", reason));
        if (now.isEmpty()) {
            log.info("The server is ready");
        }
        return new Result(log);
    }
}

package org.pollux.http.filters;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Strict transport, while a configuration {@code pollux.http.hsts} exists. */
@Component(
        service = HttpFilter.class,
        configurationPid = "pollux.http.hsts",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StrictTransportConfiguration.class, factory = true)
@Path("/*")
@ServiceRanking(Ranking.STRICT_TRANSPORT)
public final class StrictTransportComponent implements HttpFilter {

    private volatile StrictTransportFilter filter;

    @Activate
    public StrictTransportComponent(StrictTransportConfiguration configuration) {
        filter = of(configuration);
    }

    /** Keeps the service when its values change. */
    @Modified
    void modified(StrictTransportConfiguration configuration) {
        filter = of(configuration);
    }

    private static StrictTransportFilter of(StrictTransportConfiguration configuration) {
        return new StrictTransportFilter(Duration.ofSeconds(configuration.maxAge()), configuration.includeSubDomains());
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        filter.filter(request, response, next);
    }
}

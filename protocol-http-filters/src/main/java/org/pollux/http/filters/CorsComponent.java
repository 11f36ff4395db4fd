package org.pollux.http.filters;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
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

/** CORS, while a configuration {@code pollux.http.cors} exists. */
@Component(
        service = {HttpFilter.class, Supplier.class},
        property = "pollux.faults=pollux.http.cors",
        configurationPid = "pollux.http.cors",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CorsConfiguration.class, factory = true)
@Path("/*")
@ServiceRanking(Ranking.CORS)
public final class CorsComponent implements HttpFilter, Supplier<List<String>> {

    private volatile CorsFilter filter;
    private volatile List<String> problems = List.of();

    @Activate
    public CorsComponent(CorsConfiguration configuration) {
        filter = filter(configuration);
    }

    @Modified
    void configure(CorsConfiguration configuration) {
        problems = Configured.change("pollux.http.cors", () -> filter = filter(configuration));
    }

    /** The part of the configuration that is not in force. */
    @Override
    public List<String> get() {
        return problems;
    }

    private static CorsFilter filter(CorsConfiguration from) {
        return new CorsFilter(new CorsSettings(
                Configured.list(from.origins()),
                Configured.list(from.allowedMethods()),
                Configured.list(from.allowedHeaders()),
                Configured.list(from.exposedHeaders()),
                from.credentials(),
                Duration.ofSeconds(from.maxAge())));
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        filter.filter(request, response, next);
    }
}

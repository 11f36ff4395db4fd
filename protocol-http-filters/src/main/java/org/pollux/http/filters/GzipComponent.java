package org.pollux.http.filters;

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

/** Compression, while a configuration {@code pollux.http.gzip} exists. */
@Component(
        service = {HttpFilter.class, Supplier.class},
        property = "pollux.faults=pollux.http.gzip",
        configurationPid = "pollux.http.gzip",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = GzipConfiguration.class, factory = true)
@Path("/*")
@ServiceRanking(Ranking.GZIP)
public final class GzipComponent implements HttpFilter, Supplier<List<String>> {

    private volatile GzipFilter filter;
    private volatile List<String> problems = List.of();

    @Activate
    public GzipComponent(GzipConfiguration configuration) {
        filter = filter(configuration);
    }

    @Modified
    void configure(GzipConfiguration configuration) {
        problems = Configured.change("pollux.http.gzip", () -> filter = filter(configuration));
    }

    /** The part of the configuration that is not in force. */
    @Override
    public List<String> get() {
        return problems;
    }

    private static GzipFilter filter(GzipConfiguration from) {
        List<String> types = Configured.list(from.types());
        return new GzipFilter(new GzipSettings(
                types.isEmpty() ? GzipSettings.defaults().types() : types, from.minLength(), from.level()));
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        filter.filter(request, response, next);
    }
}

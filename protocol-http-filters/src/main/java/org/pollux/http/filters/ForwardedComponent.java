package org.pollux.http.filters;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

/** The clients behind proxies, while a configuration {@code pollux.http.forwarded} exists. */
@Component(
        service = {HttpFilter.class, Supplier.class},
        property = "pollux.faults=pollux.http.forwarded",
        configurationPid = "pollux.http.forwarded",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ForwardedConfiguration.class, factory = true)
@Path("/*")
@ServiceRanking(Ranking.FORWARDED)
public final class ForwardedComponent implements HttpFilter, Supplier<List<String>> {

    private volatile ForwardedFilter filter;
    private volatile List<String> problems = List.of();

    @Activate
    public ForwardedComponent(ForwardedConfiguration configuration) {
        filter = filter(configuration);
    }

    @Modified
    void configure(ForwardedConfiguration configuration) {
        problems = Configured.change("pollux.http.forwarded", () -> filter = filter(configuration));
    }

    /** The part of the configuration that is not in force. */
    @Override
    public List<String> get() {
        return problems;
    }

    private static ForwardedFilter filter(ForwardedConfiguration from) {
        return new ForwardedFilter(Configured.list(from.trusted()), fields(from.fields()));
    }

    private static ForwardedFilter.Fields fields(@Nullable String text) {
        return switch (text) {
            case "forwarded" -> ForwardedFilter.Fields.FORWARDED;
            case "x-forwarded" -> ForwardedFilter.Fields.X_FORWARDED;
            case null, default ->
                throw new IllegalArgumentException("fields must be forwarded or x-forwarded, but is " + text);
        };
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        filter.filter(request, response, next);
    }
}

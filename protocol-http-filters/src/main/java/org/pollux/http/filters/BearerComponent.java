package org.pollux.http.filters;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Name;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * Asks for tokens, while a configuration {@code pollux.http.bearer} exists. A changed configuration begins it again; the server
 * holds requests back meanwhile. A handler that {@link org.pollux.http.Requires} it is never without it.
 */
@Component(
        service = {HttpFilter.class, Supplier.class},
        property = "pollux.faults=pollux.http.bearer",
        configurationPid = "pollux.http.bearer",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BearerConfiguration.class, factory = true)
@org.pollux.http.Path("/*")
@Name("bearer")
@ServiceRanking(Ranking.BEARER)
public final class BearerComponent implements HttpFilter, Supplier<List<String>> {

    private final BearerFilter filter;

    @Activate
    public BearerComponent(BundleContext context, BearerConfiguration from) {
        Path home =
                Path.of(Optional.ofNullable(context.getProperty("pollux.home")).orElse(""));
        filter = new BearerFilter(from.realm(), home, from.file());
    }

    @Deactivate
    void close() {
        filter.close();
    }

    /** Why the file is not in force. */
    @Override
    public List<String> get() {
        return filter.faults().stream()
                .map(fault -> "pollux.http.bearer: " + fault)
                .toList();
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        filter.filter(request, response, next);
    }
}

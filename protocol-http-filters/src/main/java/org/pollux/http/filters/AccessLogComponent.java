package org.pollux.http.filters;

import java.io.IOException;
import java.net.SocketAddress;
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
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * The access log, while a configuration {@code pollux.http.accesslog} exists. A changed configuration begins it again,
 * because the file may be another one. Requests under way are written to the old file, or lost.
 */
@Component(
        service = {HttpFilter.class, Supplier.class},
        property = "pollux.faults=pollux.http.accesslog",
        configurationPid = "pollux.http.accesslog",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = AccessLogConfiguration.class, factory = true)
@org.pollux.http.Path("/*")
@ServiceRanking(Ranking.ACCESS_LOG)
public final class AccessLogComponent implements HttpFilter, Supplier<List<String>> {

    private final AccessLogFilter filter;

    @Activate
    public AccessLogComponent(BundleContext context, AccessLogConfiguration from) throws IOException {
        Path home =
                Path.of(Optional.ofNullable(context.getProperty("pollux.home")).orElse(""));
        filter = new AccessLogFilter(
                new AccessLogSettings(home.resolve(from.file()), from.limit(), from.keep(), from.extended()));
    }

    @Deactivate
    void close() {
        filter.close();
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        filter.filter(request, response, next);
    }

    /** The reason why lines are lost at present. */
    @Override
    public List<String> get() {
        return filter.fault().stream().toList();
    }

    @Override
    public void onRefused(SocketAddress remote, int status, long bytes) {
        filter.onRefused(remote, status, bytes);
    }
}

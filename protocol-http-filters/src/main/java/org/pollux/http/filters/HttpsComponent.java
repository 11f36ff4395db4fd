package org.pollux.http.filters;

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

/** The redirect to https, while a configuration {@code pollux.http.https} exists. */
@Component(
        service = HttpFilter.class,
        configurationPid = "pollux.http.https",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpsConfiguration.class, factory = true)
@Path("/*")
@ServiceRanking(Ranking.HTTPS)
public final class HttpsComponent implements HttpFilter {

    private volatile HttpsFilter filter;

    @Activate
    public HttpsComponent(HttpsConfiguration configuration) {
        filter = of(configuration);
    }

    /** Keeps the service when its values change. */
    @Modified
    void modified(HttpsConfiguration configuration) {
        filter = of(configuration);
    }

    private static HttpsFilter of(HttpsConfiguration configuration) {
        return new HttpsFilter(configuration.port(), configuration.status());
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        filter.filter(request, response, next);
    }
}

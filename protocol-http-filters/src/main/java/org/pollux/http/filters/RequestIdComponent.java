package org.pollux.http.filters;

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

/** Request ids, while a configuration {@code pollux.http.requestid} exists. */
@Component(
        service = HttpFilter.class,
        configurationPid = "pollux.http.requestid",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RequestIdConfiguration.class, factory = true)
@Path("/*")
@ServiceRanking(Ranking.REQUEST_ID)
public final class RequestIdComponent implements HttpFilter {

    private final RequestIdFilter filter = new RequestIdFilter();

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        filter.filter(request, response, next);
    }
}

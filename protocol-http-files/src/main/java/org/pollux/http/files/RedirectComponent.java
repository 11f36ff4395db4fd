package org.pollux.http.files;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpHandler;
import org.pollux.http.Methods;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.Subpaths;

/** A redirect for each configuration {@code pollux.http.redirect~NAME}. A changed configuration replaces it. */
@Component(
        service = HttpHandler.class,
        configurationPid = "pollux.http.redirect",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RedirectConfiguration.class, factory = true)
@Subpaths
@Methods("*")
public final class RedirectComponent implements HttpHandler {

    private final RedirectHandler handler;

    @Activate
    public RedirectComponent(RedirectConfiguration from) {
        handler = new RedirectHandler(Optional.ofNullable(from.target()).orElse(""), from.status());
    }

    @Override
    public void handle(Request request, Response response) {
        handler.handle(request, response);
    }
}

package org.pollux.samples.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.Blocking;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.reactor.admin.Server;

/**
 * Shows what runs, as far as the status service of the server is available. That service may come and go.
 *
 * <p>It is {@code @Blocking}, because a status asks the system and the bundles, and that may take longer than a loop may wait.
 */
@Component(configurationPid = "pollux.samples.home")
@Designate(ocd = HandlerConfiguration.class)
@Path("/")
@Blocking
public final class Home implements HttpHandler {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Server server;

    @Override
    public void handle(Request request, Response response) {
        response.header("Content-Type", "text/html; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .send(HomePage.of(Optional.ofNullable(server).map(Server::status)));
    }

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}

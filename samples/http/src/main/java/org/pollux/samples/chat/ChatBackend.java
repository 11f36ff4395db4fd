package org.pollux.samples.chat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.pollux.http.Blocking;
import org.pollux.http.HttpException;
import org.pollux.http.HttpHandler;
import org.pollux.http.Methods;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.Server;

/**
 * Moves the server to its next backend while everybody chats, and responds with the report. Only a client on this machine may
 * ask, and only a page of this server may make a browser ask.
 */
@Component
@Path("/chat/backend")
@Methods("POST")
@Blocking
public final class ChatBackend implements HttpHandler {

    /** The backend for staging injects faults, and is not part of the round. */
    private static final String CHAOS = "chaos";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Server server;

    @Override
    public void handle(Request request, Response response) {
        require(request);
        Server present = server;
        if (present == null) {
            throw new HttpException(503, "The server's status service is not available");
        }
        String report = present.swap(next(present)).toString();
        response.header("Content-Type", "text/plain; charset=utf-8").send(report);
    }

    private static void require(Request request) {
        String own = request.scheme() + "://" + request.authority();
        boolean ownPage = request.headers().all("Origin").stream().allMatch(own::equalsIgnoreCase);
        if (!ownPage || !isLocal(request.remote())) {
            throw new HttpException(
                    403, "Only a client on this machine may swap the backend, by this server's own page");
        }
    }

    private static boolean isLocal(SocketAddress remote) {
        return !(remote instanceof InetSocketAddress address)
                || (address.getAddress() != null && address.getAddress().isLoopbackAddress());
    }

    /** The backend behind the present one in the list of those that work here. */
    static String next(Server server) {
        List<String> usable = server.status().backends().stream()
                .filter(backend -> backend.state() != BackendStatus.State.MISSING
                        && !backend.name().equals(CHAOS))
                .map(BackendStatus::name)
                .toList();
        int present = usable.indexOf(server.status().backend());
        return usable.get((present + 1) % usable.size());
    }
}

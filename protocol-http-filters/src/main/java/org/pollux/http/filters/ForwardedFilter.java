package org.pollux.http.filters;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.pollux.http.Headers;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.RequestWrapper;
import org.pollux.http.Response;

/**
 * Finds the client behind a proxy. {@link Request#remote}, {@link Request#scheme} and {@link Request#authority} are
 * those that the proxy reports, if the connection comes from a trusted proxy. Otherwise the fields are ignored, because
 * any client can send them. Safe for use from any thread; it has no state.
 *
 * <p>Each proxy in a row adds the address of its client. From the last entry on, entries are believed as long as a
 * trusted proxy has written them. The first address that is not trusted itself is the client. A malformed field {@code
 * Forwarded} gets 400. Otherwise a client could hide behind an open quote, and be taken for the proxy. The handler of
 * the request was chosen before.
 */
public final class ForwardedFilter implements HttpFilter {

    /** The fields that the proxies write. They pass other fields on as the client has sent them. */
    public enum Fields {
        /** {@code Forwarded} (RFC 7239). */
        FORWARDED,
        /** {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}. */
        X_FORWARDED
    }

    private final TrustedProxies trusted;
    private final Fields fields;

    /**
     * Trusts some proxies.
     *
     * @param trusted networks such as {@code 10.0.0.0/8}, addresses, and {@code unix} for all Unix-domain sockets
     * @throws IllegalArgumentException if a text is not a network
     */
    public ForwardedFilter(List<String> trusted, Fields fields) {
        this.trusted = TrustedProxies.of(trusted);
        this.fields = fields;
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        if (!trusted.include(request.remote())) {
            next.handle(request, response);
            return;
        }
        Optional<List<Hop>> hops = hops(request.headers());
        if (hops.isEmpty()) {
            response.sendError(400);
        } else {
            next.handle(hops.get().isEmpty() ? request : new Forwarded(request, origin(hops.get())), response);
        }
    }

    private Optional<List<Hop>> hops(Headers headers) {
        return fields == Fields.FORWARDED ? ForwardedField.of(headers) : Optional.of(Hop.ofXForwarded(headers));
    }

    /** The hop from the client to the first trusted proxy. */
    private Hop origin(List<Hop> hops) {
        int at = hops.size() - 1;
        while (at > 0
                && hops.get(at).client().filter(trusted::include).isPresent()
                && hops.get(at - 1).client().isPresent()) {
            at--;
        }
        return hops.get(at);
    }

    private static final class Forwarded extends RequestWrapper {

        private final Hop origin;

        Forwarded(Request request, Hop origin) {
            super(request);
            this.origin = origin;
        }

        @Override
        public SocketAddress remote() {
            Optional<InetSocketAddress> client = origin.client();
            return client.isPresent() ? client.get() : super.remote();
        }

        @Override
        public String scheme() {
            return origin.scheme().orElseGet(super::scheme);
        }

        @Override
        public String authority() {
            return origin.authority().orElseGet(super::authority);
        }
    }
}

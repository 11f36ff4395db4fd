package org.pollux.http.client.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.client.HttpClient;
import org.pollux.http.client.HttpExchange;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponse;
import org.pollux.http.client.HttpResponseHandler;
import org.pollux.http.client.SavedFile;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.http.client.websocket.ReactorWebSocketClient;
import org.pollux.http.client.websocket.WebSocketClient;
import org.pollux.http.client.websocket.WebSocketRequest;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.ReactorFactory;
import org.pollux.reactor.admin.PoolReport;
import org.pollux.reactor.tls.MissingEngine;
import org.pollux.reactor.tls.TlsEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client as a service, on its own reactor and thread, which start with the first use. So its users' handlers and a slow
 * disk do not block a loop of the server.
 */
@Component(
        configurationPid = HttpClientComponent.PID,
        service = {HttpClient.class, WebSocketClient.class})
@Designate(ocd = HttpClientConfiguration.class)
public final class HttpClientComponent implements HttpClient, WebSocketClient {

    static final String PID = "pollux.http.client";

    private static final Logger LOG = LoggerFactory.getLogger(HttpClientComponent.class);

    private final EngineOfTheMoment tls;
    private final EngineOfTheMoment webSocketTls;
    private final Reactor reactor;
    private final ReactorHttpClient client;
    private final ReactorWebSocketClient webSockets;
    private final ServiceRegistration<PoolReport> pools;

    /**
     * Opens the reactor and runs it.
     *
     * @throws IOException when the server's backend cannot open a poller
     * @throws IllegalArgumentException when a value cannot be used: no service is better than one with other authorities, or
     *     without the proxy
     */
    @Activate
    public HttpClientComponent(
            BundleContext context, @Reference ReactorFactory reactors, HttpClientConfiguration configuration)
            throws IOException {
        Path home =
                Path.of(Optional.ofNullable(context.getProperty("pollux.home")).orElse(""));
        ConfiguredClient configured = configured(configuration, home);
        tls = new EngineOfTheMoment(configured.tls());
        webSocketTls = new EngineOfTheMoment(configured.tls().withAlpn(ReactorWebSocketClient.TLS.alpn()));
        reactor = reactors.open();
        client = new ReactorHttpClient(reactor, configured.settings(), tls::required);
        webSockets = new ReactorWebSocketClient(client, webSocketTls::required);
        reactor.every(Duration.ofDays(1), _ -> {}); // so that the reactor keeps running while it is idle
        Thread.ofPlatform().name("pollux-http-client").daemon().start(reactor::run);
        // by hand: as a service of this component, the status of the server would be its first use
        pools = context.registerService(PoolReport.class, () -> List.of(client.pool(PID)), null);
    }

    private static ConfiguredClient configured(HttpClientConfiguration configuration, Path home) {
        try {
            return ConfiguredClient.of(configuration, home);
        } catch (IllegalArgumentException e) {
            LOG.error("There is no HTTP client service until the configuration {} is right: {}", PID, e.getMessage());
            throw e;
        }
    }

    @Deactivate
    void close() {
        pools.unregister();
        webSockets.close();
        client.close();
        reactor.close();
        tls.close();
        webSocketTls.close();
    }

    /** The engine with the highest ranking, as the server's {@code auto}. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindEngine(TlsEngine engine) {
        tls.use(engine);
        webSocketTls.use(engine);
    }

    void unbindEngine(TlsEngine engine) {
        tls.withdraw(engine);
        webSocketTls.withdraw(engine);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindMissing(MissingEngine missing) {
        tls.reportMissing(missing);
        webSocketTls.reportMissing(missing);
    }

    void unbindMissing(MissingEngine missing) {
        tls.clearMissing(missing);
        webSocketTls.clearMissing(missing);
    }

    @Override
    public HttpExchange send(HttpRequest request, HttpResponseHandler handler) {
        return client.send(request, handler);
    }

    @Override
    public CompletableFuture<HttpResponse> send(HttpRequest request, int limit) {
        return client.send(request, limit);
    }

    @Override
    public CompletableFuture<SavedFile> save(HttpRequest request, Path file) {
        return client.save(request, file);
    }

    @Override
    public CompletableFuture<WebSocket> connect(WebSocketRequest request, WebSocketListener listener) {
        return webSockets.connect(request, listener);
    }
}

package org.pollux.http;

import java.net.SocketAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A request that passes every call on to another one, except for the methods that a subclass overrides: an
 * {@link HttpFilter} passes it on when it knows better values. Methods that {@link Request} gets later are also passed
 * on, so a wrapper need not be compiled again. {@link #queryParameters} follows {@link #query}, and
 * {@link #cookies} follows {@link #headers}.
 */
@ConsumerType
public abstract class RequestWrapper implements Request {

    private final Request request;

    protected RequestWrapper(Request request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String target() {
        return request.target();
    }

    @Override
    public String scheme() {
        return request.scheme();
    }

    @Override
    public String authority() {
        return request.authority();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public String parameter(String name) {
        return request.parameter(name);
    }

    @Override
    public Optional<String> query() {
        return request.query();
    }

    @Override
    public String version() {
        return request.version();
    }

    @Override
    public Optional<Tls> tls() {
        return request.tls();
    }

    @Override
    public Headers headers() {
        return request.headers();
    }

    @Override
    public boolean offersUpgrade(String protocol) {
        return request.offersUpgrade(protocol);
    }

    @Override
    public RequestBody body() {
        return request.body();
    }

    @Override
    public long connection() {
        return request.connection();
    }

    @Override
    public SocketAddress remote() {
        return request.remote();
    }

    @Override
    public SocketAddress local() {
        return request.local();
    }

    @Override
    public <T> Optional<T> attribute(Class<T> type) {
        return request.attribute(type);
    }

    @Override
    public <T> void attribute(Class<T> type, T value) {
        request.attribute(type, value);
    }

    @Override
    public void execute(RequestTask task) {
        request.execute(task);
    }
}

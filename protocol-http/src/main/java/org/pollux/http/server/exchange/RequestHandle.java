package org.pollux.http.server.exchange;

import java.io.InputStream;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.Request;
import org.pollux.http.RequestBody;
import org.pollux.http.RequestTask;
import org.pollux.http.Tls;
import org.pollux.http.WholeBodyHandler;
import org.pollux.http.server.syntax.HostName;
import org.pollux.http.wire.FieldLines;

/** One request as its handler sees it, with its fields and its body. When the request is over, each method throws. */
final class RequestHandle extends Turn implements Request, HeadersView, RequestBody {

    RequestHandle(Exchange exchange) {
        super(exchange);
    }

    private RequestHead head() {
        return exchange().head();
    }

    private InboundBody inbound() {
        return exchange().body();
    }

    // ---- Request

    @Override
    public String method() {
        return head().method();
    }

    @Override
    public String target() {
        return head().target();
    }

    @Override
    public String scheme() {
        return head().scheme();
    }

    @Override
    public Optional<Tls> tls() {
        return head().tls();
    }

    @Override
    public String authority() {
        return HostName.authority(this);
    }

    @Override
    public String path() {
        return head().path();
    }

    @Override
    public String parameter(String name) {
        return head().parameter(name);
    }

    @Override
    public Optional<String> query() {
        return head().query();
    }

    @Override
    public String version() {
        return head().version();
    }

    @Override
    public Headers headers() {
        RequestHead _ = head();
        return this;
    }

    @Override
    public boolean offersUpgrade(String protocol) {
        return head().offersUpgrade(protocol);
    }

    @Override
    public RequestBody body() {
        RequestHead _ = head();
        return this;
    }

    @Override
    public long connection() {
        return head().connection();
    }

    @Override
    public SocketAddress remote() {
        return head().remote();
    }

    @Override
    public SocketAddress local() {
        return head().local();
    }

    @Override
    public <T> Optional<T> attribute(Class<T> type) {
        return exchange().attribute(type);
    }

    @Override
    public <T> void attribute(Class<T> type, T value) {
        exchange().attribute(type, value);
    }

    @Override
    public void execute(RequestTask task) {
        Carrier by = (enter() & OVER) == 0 ? kept().sender().carrier() : null;
        if (by != null) {
            by.execute(() -> perform(task));
        }
    }

    private void perform(RequestTask task) {
        if ((enter() & OVER) == 0) {
            kept().perform(task);
        }
    }

    // ---- Headers

    @Override
    public FieldLines lines() {
        return head().lines();
    }

    // ---- RequestBody

    @Override
    public OptionalLong length() {
        return inbound().length();
    }

    @Override
    public void read(BodyHandler handler) {
        inbound().read(handler);
    }

    @Override
    public void readAll(int limit, WholeBodyHandler handler) {
        inbound().readAll(limit, handler);
    }

    /** The stream usually serves another thread and refers to the insides, so they are not reused for another request. */
    @Override
    public InputStream inputStream() {
        InboundBody body = inbound();
        int _ = share();
        return body.inputStream();
    }

    @Override
    public void pause() {
        inbound().pause();
    }

    @Override
    public void resume() {
        inbound().resume();
    }
}

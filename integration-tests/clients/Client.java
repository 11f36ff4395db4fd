import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What java.net.http finds at a server; the argument is its address. */
void main(String[] args) throws Exception {
    URI server = URI.create(args[0]);
    boolean secure = server.getScheme().equals("https");
    HttpClient.Builder builder = HttpClient.newBuilder();
    if (secure) {
        builder.sslContext(trusting());
    }
    try (HttpClient client = builder.build()) {
        HttpResponse<String> page = client.send(get(server, "/site/").build(), BodyHandlers.ofString());
        require(page.statusCode() == 200 && page.body().contains("It works"), "the page", page);

        HttpClient.Version version = secure ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
        require(page.version() == version, "the version", page);

        String tag = page.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again =
                client.send(get(server, "/site/").header("If-None-Match", tag).build(), BodyHandlers.ofString());
        require(again.statusCode() == 304 && again.body().isEmpty(), "a page that has not changed", again);

        HttpResponse<String> part =
                client.send(get(server, "/site/").header("Range", "bytes=0-8").build(), BodyHandlers.ofString());
        require(part.statusCode() == 206 && part.body().equals("<!DOCTYPE"), "a part", part);

        // With HTTP/1.1 it reads no response before its request was sent, so the echo must fit into the buffers of the system.
        byte[] body = new byte[secure ? 5_000_000 : 1_000_000];
        HttpRequest upload = HttpRequest.newBuilder(server.resolve("/echo"))
                .expectContinue(true)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        HttpResponse<byte[]> echoed = client.send(upload, BodyHandlers.ofByteArray());
        require(echoed.statusCode() == 200 && echoed.body().length == body.length, "an echo", echoed);

        int most = secure ? 100 : 200; // with HTTP/2 it fails beyond the streams that the server allows
        List<CompletableFuture<HttpResponse<String>>> many = IntStream.range(0, most)
                .mapToObj(i -> client.sendAsync(get(server, "/plaintext").build(), BodyHandlers.ofString()))
                .toList();
        many.forEach(one -> require(one.join().body().equals("Hello, World!"), "one of many at once", one.join()));

        HttpResponse<java.util.stream.Stream<String>> events =
                client.send(get(server, "/events").build(), BodyHandlers.ofLines());
        try (var lines = events.body()) {
            require(lines.filter(line -> line.startsWith("data: ")).limit(2).count() == 2, "two events", events);
        }
        client.shutdownNow(); // the events never end
    }
}

/** Any certificate will do. */
static SSLContext trusting() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, null);
    return context;
}

static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

static HttpRequest.Builder get(URI server, String path) {
    return HttpRequest.newBuilder(server.resolve(path));
}

static void require(boolean holds, String what, HttpResponse<?> answer) {
    if (!holds) {
        throw new AssertionError(what + " is not right: " + answer + " " + answer.headers().map());
    }
}

package org.pollux.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pollux.http.Header;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpRequestBody;
import org.pollux.http.client.Url;

/**
 * What is asked of each URL.
 *
 * @param method as it is sent
 * @param headers fields of the user
 * @param data the body as text
 * @param file the body in a file; {@code -} is standard input
 * @param retries how often a request is sent again after a failure that may pass
 */
record Asking(String method, List<Header> headers, Optional<String> data, Optional<String> file, int retries) {

    /** A file of this size waits for the server's {@code 100 Continue}, as curl's do. */
    private static final long LARGE = 1 << 20;

    static final Asking PLAIN = new Asking("GET", List.of(), Optional.empty(), Optional.empty(), 0);

    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean readsStandardInput() {
        return file.filter("-"::equals).isPresent();
    }

    /**
     * The request. A body is asked for as the server has it, because it is saved as it is.
     *
     * @throws IOException when the file with the data cannot be read
     */
    HttpRequest request(Url url, InputStream standardInput) throws IOException {
        HttpRequest request = HttpRequest.of(method, url);
        for (Header header : headers) {
            request = request.header(header.name(), header.value());
        }
        if (!request.hasHeader("Accept-Encoding")) {
            request = request.header("Accept-Encoding", "identity");
        }
        if (data.isPresent()) {
            return typed(request, "application/x-www-form-urlencoded")
                    .body(data.get().getBytes(UTF_8));
        }
        if (file.isEmpty()) {
            return request;
        }
        request = typed(request, "application/octet-stream");
        if (readsStandardInput()) {
            return request.body(HttpRequestBody.from(new Unclosed(standardInput)));
        }
        HttpRequestBody body = HttpRequestBody.file(Path.of(file.get()));
        HttpRequest sent = request.body(body);
        return body.length().orElse(0) > LARGE ? sent.withExpectContinue() : sent;
    }

    private static HttpRequest typed(HttpRequest request, String type) {
        return request.hasHeader("Content-Type") ? request : request.header("Content-Type", type);
    }

    /** Standard input is not this program's to be closed. */
    private static final class Unclosed extends FilterInputStream {

        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}

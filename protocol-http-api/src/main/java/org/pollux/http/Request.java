package org.pollux.http;

import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A request of a client. The server has checked it: its head is well-formed as RFC 9110 and the version of HTTP demand.
 *
 * <p>Any thread may read it until its response is complete. Afterwards every method throws
 * {@link IllegalStateException}, also those of its {@link #headers} and its {@link #body}, on every thread: each
 * request has its own object, which is never used for another request.
 */
@ProviderType
public interface Request {

    /** {@code "GET"}; case-sensitive (RFC 9110, section 9.1). */
    String method();

    /**
     * The request target exactly as it was sent: {@code "/a%20b?c=d"} (RFC 9112, section 3.2; over HTTP/2 the field {@code
     * :path}, RFC 9113, section 8.3.1).
     */
    String target();

    /**
     * How the client reached this server: {@code "http"}, or {@code "https"} under TLS (RFC 9110, section 4.2). Behind
     * a proxy it describes the proxy's connection, unless the proxy tells its client's by the PROXY protocol, or a filter
     * changes it.
     */
    String scheme();

    /**
     * What TLS has negotiated with the peer of the connection, with the certificates of a client that was asked for some. Behind
     * a proxy it describes the proxy's connection.
     *
     * @return empty when the connection is not encrypted
     */
    default Optional<Tls> tls() {
        return Optional.empty();
    }

    /**
     * Host and port as the client named them: those of the target if it has them, otherwise the field {@code Host} (RFC
     * 9112, section 3.3); over HTTP/2 the field {@code :authority}. Empty when it named none. A client can send any
     * name here: do not build links from it unless {@link Host} is set.
     */
    String authority();

    /**
     * The target's path, decoded as UTF-8 and normalized once: {@code "/a b"}. It begins with {@code /}, has no
     * {@code .} or {@code ..} segment, no {@code \} and no control character, and an encoded slash was never decoded: a
     * target that cannot be decoded so was refused. Never decode it again.
     */
    String path();

    /**
     * The text of the path where the handler's {@link Path} has a parameter, decoded: for <code>/users/{id}</code> and
     * a request for {@code /users/7}, {@code parameter("id")} is {@code "7"}. For <code>/files/*</code>,
     * {@code parameter("*")} is the text in place of the asterisk: {@code "a/b"} for {@code /files/a/b}, empty for
     * {@code /files} and {@code /files/}; without an asterisk it is always empty.
     *
     * @throws IllegalArgumentException when the handler's path has no parameter of that name
     */
    String parameter(String name);

    /**
     * That text, converted.
     *
     * @param conversion such as {@code Long::parseLong}
     * @throws HttpException with status 400 when the conversion fails; see {@link Parameters#first(String, Function)}
     * @throws IllegalArgumentException when the handler's path has no parameter of that name
     */
    default <T> T parameter(String name, Function<String, T> conversion) {
        return Parameters.converted(name, parameter(name), conversion);
    }

    /** The text after the {@code ?} in the target, not decoded; empty when there is none. */
    Optional<String> query();

    /**
     * The parameters of the {@link #query}, decoded; none when there is no query. Each call reads the query again.
     *
     * @throws HttpException with status 400 for more than {@link Parameters#LIMIT}
     */
    default Parameters queryParameters() {
        return Parameters.of(query().orElse(""));
    }

    /**
     * The version of HTTP, for logs: {@code "HTTP/1.0"}, {@code "HTTP/1.1"} or {@code "HTTP/2"}. A handler works the same with
     * each of them.
     */
    String version();

    Headers headers();

    /** The cookies that the client has sent. Each call reads them again. */
    default Cookies cookies() {
        return Cookies.of(headers());
    }

    /**
     * Whether the client offers to continue with that protocol instead of HTTP, so that {@link Response#upgrade} may
     * accept it. HTTP/1.1 offers it by {@code Connection} and {@code Upgrade} in a GET without a body (RFC 9110, section
     * 7.8). HTTP/2 offers it by an extended CONNECT (RFC 8441), which is presented as a GET with {@code Upgrade}. A
     * response to that one is an upgrade or an error: another 2xx becomes 501.
     *
     * @param protocol compared without regard to case, such as {@code websocket}
     */
    boolean offersUpgrade(String protocol);

    /** The body, which may not have arrived yet. */
    RequestBody body();

    /**
     * The number of the connection, which no other one of this process gets. Requests over the same connection have the same
     * number. {@code pollux connections} lists it.
     */
    long connection();

    /** The peer of the connection, which may be a proxy. Other requests may come over the same connection. */
    SocketAddress remote();

    /** The server's end of the connection. */
    SocketAddress local();

    /**
     * The value that a filter or other earlier code has kept with this request under that type. From any thread.
     *
     * @return empty when there is none
     */
    <T> Optional<T> attribute(Class<T> type);

    /**
     * Keeps a value with this request, for later filters, the handler and interceptors. It replaces the value of that
     * type. Use a type that is made for this purpose, such as a record: values of a type like {@link String} would
     * collide. From any thread.
     *
     * <pre>
     *   public record User(String name) {}                     // in a package that both bundles import
     *
     *   request.attribute(User.class, new User("ada"));        // a filter
     *   User user = request.attribute(User.class).orElseThrow();
     * </pre>
     */
    <T> void attribute(Class<T> type, T value);

    /**
     * Runs a task on the thread of the connection's reactor, in a later turn. A filter that has worked on another thread
     * passes its request on so, and the handler is called where it expects it. From any thread. The task is not run when the
     * response is complete, or the client has disconnected.
     *
     * <pre>
     *   checks.execute(() -&gt; {                                                   // a filter
     *       boolean good = isGood(password);
     *       request.execute(() -&gt; respond(good, request, response, next));
     *   });
     * </pre>
     *
     * @param task its exceptions are those of {@link HttpHandler#handle}: the server responds for them
     */
    void execute(RequestTask task);
}

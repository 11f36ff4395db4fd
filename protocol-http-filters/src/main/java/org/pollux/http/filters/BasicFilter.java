package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.User;

/**
 * Lets users pass by their passwords (RFC 7617), which a file of htpasswd has. The {@link User} becomes an attribute of the
 * request. Everybody else gets 401. Use it over TLS: the password is in each request.
 *
 * <p>A password is hashed on a thread of the filter's own, once until the file changes. When 64 wait for that, or 8 of one address,
 * requests get 503. The file is read again within a second of its change. Without a file that can be read, all requests get 503. From
 * any thread.
 */
public final class BasicFilter implements HttpFilter, AutoCloseable {

    private static final int WAITING = 64;

    /** Hashing takes time with the square of the length. */
    private static final int LONGEST_PASSWORD = 256;

    private static final class Credentials {

        final String user;
        final byte[] password;

        private Credentials(String user, byte[] password) {
            this.user = user;
            this.password = password;
        }

        static @Nullable Credentials of(Request request) {
            String base64 = Challenge.credentials(request, "Basic");
            byte[] decoded;
            try {
                decoded = base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException _) {
                return null;
            }
            int colon = 0;
            while (colon < decoded.length && decoded[colon] != ':') {
                colon++;
            }
            return colon >= decoded.length || decoded.length - colon - 1 > LONGEST_PASSWORD
                    ? null
                    : new Credentials(
                            new String(decoded, 0, colon, UTF_8),
                            Arrays.copyOfRange(decoded, colon + 1, decoded.length));
        }
    }

    private final Challenge challenge;
    private final WatchedFile<Passwords> file;
    private final CheckThread thread;

    /**
     * Makes the filter, and its thread.
     *
     * @param realm what a browser shows when it asks for the password
     * @param file its lines are {@code name:hash}, as {@code htpasswd -B} and {@code openssl passwd -6} make hashes
     */
    public BasicFilter(String realm, Path file) {
        this(realm, file, "");
    }

    /** A file that has an impossible name is as one that cannot be read: all requests get 503. */
    BasicFilter(String realm, Path folder, String file) {
        this.challenge = new Challenge("Basic", realm, ", charset=\"UTF-8\"");
        this.file = new WatchedFile<>(folder, file, Passwords::read);
        this.thread = new CheckThread("pollux-basic", WAITING, this.file::look);
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        Passwords passwords = file.content();
        if (passwords == null) {
            Challenge.unavailable(response);
            return;
        }
        Credentials from = Credentials.of(request);
        if (from == null) {
            challenge.send(request, response);
        } else if (passwords.isKnown(from.user, from.password)) {
            Challenge.pass(from.user, request, response, next);
        } else if (!thread.check(peer(request), () -> {
            boolean right = passwords.isRight(from.user, from.password);
            request.execute(() -> {
                if (right) {
                    Challenge.pass(from.user, request, response, next);
                } else {
                    challenge.send(request, response);
                }
            });
        })) {
            Challenge.unavailable(response);
        }
    }

    /** An address without its port: the connections of a client are one peer. */
    private static Object peer(Request request) {
        return request.remote() instanceof InetSocketAddress address ? address.getHostString() : request.remote();
    }

    /** Why the file is not in force. */
    public List<String> faults() {
        return file.faults();
    }

    /** Ends its thread, after the checks that wait. */
    @Override
    public void close() {
        thread.close();
    }
}

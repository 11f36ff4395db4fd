package org.pollux.http.filters;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.User;

/**
 * Lets programs pass by tokens (RFC 6750), whose hashes are in a file. The owner's {@link User} becomes an attribute of the
 * request. Everybody else gets 401. Use it over TLS: the token is in each request. It knows nothing of JWT.
 *
 * <p>The file is read again within a second of its change. Without a file that can be read, all requests get 503. From any
 * thread.
 */
public final class BearerFilter implements HttpFilter, AutoCloseable {

    private final Challenge challenge;
    private final WatchedFile<Tokens> file;
    private final CheckThread thread;

    /**
     * Makes the filter, and its thread.
     *
     * @param realm the name of the protected area, which a client may show
     * @param file its lines are {@code name:hash}; the hash is the SHA-256 of a token, in lower-case hexadecimal digits
     */
    public BearerFilter(String realm, Path file) {
        this(realm, file, "");
    }

    /** A file that has an impossible name is as one that cannot be read: all requests get 503. */
    BearerFilter(String realm, Path folder, String file) {
        this.challenge = new Challenge("Bearer", realm, "");
        this.file = new WatchedFile<>(folder, file, Tokens::read);
        this.thread = new CheckThread("pollux-bearer", 0, this.file::look);
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        Tokens tokens = file.content();
        String token = Challenge.credentials(request, "Bearer");
        if (tokens == null) {
            Challenge.unavailable(response);
            return;
        }
        Optional<String> owner = token == null ? Optional.empty() : tokens.owner(token);
        if (owner.isPresent()) {
            Challenge.pass(owner.get(), request, response, next);
        } else {
            challenge.send(request, response);
        }
    }

    /** Why the file is not in force. */
    public List<String> faults() {
        return file.faults();
    }

    /** Ends its thread. */
    @Override
    public void close() {
        thread.close();
    }
}

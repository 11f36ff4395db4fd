package org.pollux.http.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Responds to GET and HEAD with the files of a folder. It blocks: without OSGi, mount it with {@code
 * Mount.at("/files").subpaths().blocking()}, so that each request has a thread. The loops never wait for the file
 * system. Safe for use by many threads.
 *
 * <p>It serves regular files, and their compressed siblings to clients that accept them, with conditions (RFC 9110,
 * section 13) and ranges (section 14). A folder is redirected to its name with a slash, for which its index file is
 * sent. Everything else is 404: missing or hidden files, paths through a link that is not followed, pipes, devices and
 * invalid names. Only a file that the system forbids to read is 403. Neither response names the path.
 */
public final class StaticFiles implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(StaticFiles.class);

    private final FilesSettings settings;
    private final InstantSource clock;
    private final Folder folder;
    private final MediaTypes types;

    public StaticFiles(FilesSettings settings) {
        this(settings, InstantSource.system());
    }

    StaticFiles(FilesSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.folder = new Folder(settings);
        this.types = new MediaTypes(settings.types(), settings.charset());
    }

    @Override
    public void handle(Request request, Response response) throws IOException {
        String path = request.parameter("*");
        if (path.isEmpty() && !request.path().endsWith("/")) {
            redirect(request, response);
            return;
        }
        try {
            serve(path, request, response);
        } catch (AccessDeniedException e) {
            LOG.debug("{} is forbidden", path, e);
            response.sendError(403);
        } catch (NoSuchFileException e) { // it went while it was looked at, or the folder itself is not there
            LOG.debug("{} is gone", path, e);
            response.sendError(404);
        }
    }

    private void serve(String path, Request request, Response response) throws IOException {
        Optional<Entry> found = folder.find(path);
        if (found.isEmpty()) {
            response.sendError(404);
            return;
        }
        try (Entry entry = found.get()) {
            if (!entry.isFolder()) {
                send(entry, request, response);
            } else if (path.endsWith("/") || path.isEmpty()) {
                response.sendError(404); // a folder that has the name of an index file
            } else {
                redirect(request, response);
            }
        }
    }

    private void send(Entry file, Request request, Response response) throws IOException {
        Representation chosen = Representation.of(file, settings.precompressed(), request.headers());
        FileResponse prepared =
                new FileResponse(chosen, types.of(file.name()), settings.cacheControl(), clock.instant());
        Preconditions conditions = prepared.conditions(request.headers());
        switch (conditions.outcome()) {
            case FAILED -> response.sendError(412);
            case NOT_MODIFIED -> prepared.notModified(response);
            case HOLD -> {
                FileChannel channel =
                        chosen.source().directory().file(chosen.source().name());
                try {
                    prepared.send(channel, ranges(request, conditions, chosen.size()), response);
                } catch (RuntimeException e) {
                    channel.close(); // the response was taken from us before it had the file
                    throw e;
                }
            }
        }
    }

    /**
     * The requested ranges that may be sent; empty for the whole file. Only GET has ranges (RFC 9110, section 14.2).
     */
    private static Optional<List<ByteRange>> ranges(Request request, Preconditions conditions, long size) {
        List<String> fields = request.headers().all("Range");
        boolean asked = fields.size() == 1 && request.method().equals("GET") && conditions.allowRanges();
        return asked ? Ranges.of(fields.getFirst(), size) : Optional.empty();
    }

    private static void redirect(Request request, Response response) {
        response.header("Location", Redirection.toFolder(request));
        response.status(301).header("Content-Type", "text/plain").send("301 Moved Permanently\n");
    }
}

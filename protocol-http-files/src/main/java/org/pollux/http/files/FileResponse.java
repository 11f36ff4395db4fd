package org.pollux.http.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.pollux.http.Headers;
import org.pollux.http.HttpDate;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The possible responses to a request for one file: all of it, a part, several parts, or 304. */
final class FileResponse {

    private static final Logger LOG = LoggerFactory.getLogger(FileResponse.class);

    private final Representation file;
    private final String type;
    private final Optional<String> cacheControl;
    private final EntityTag tag;
    private final Instant modified;

    /**
     * Prepares the responses.
     *
     * @param type type of the file, compressed or not
     */
    FileResponse(Representation file, String type, Optional<String> cacheControl, Instant now) {
        this.file = file;
        this.type = type;
        this.cacheControl = cacheControl;
        this.tag = file.tag(now);
        this.modified = file.modified(now);
    }

    Preconditions conditions(Headers headers) {
        return new Preconditions(headers, tag, modified);
    }

    /**
     * A 304 with the fields that a cache needs to keep its copy (RFC 9110, section 15.4.5). Type and coding are for
     * filters, whose effect on the tag depends on them, and are not sent.
     */
    void notModified(Response response) {
        response.header("Content-Type", type);
        file.coding().ifPresent(coding -> response.header("Content-Encoding", coding.token));
        describeForCaches(response);
        response.status(304).send();
    }

    /**
     * Sends the file, or ranges of it.
     *
     * @param channel the response closes it, if this method returns
     * @param ranges empty for the whole file; an empty list if all requested ranges are beyond its end
     */
    void send(FileChannel channel, Optional<List<ByteRange>> ranges, Response response) throws IOException {
        if (ranges.isEmpty()) {
            describe(response, type);
            response.send(channel, 0, file.size());
        } else if (ranges.get().isEmpty()) {
            channel.close();
            response.header("Content-Range", "bytes */" + file.size()).sendError(416);
        } else if (ranges.get().size() == 1) {
            ByteRange range = ranges.get().getFirst();
            describe(response, type);
            response.status(206).header("Content-Range", range.of(file.size()));
            response.send(channel, range.from(), range.length());
        } else {
            sendParts(channel, ranges.get(), response);
        }
    }

    private void sendParts(FileChannel channel, List<ByteRange> ranges, Response response) {
        String boundary =
                "pollux-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        Multipart parts = new Multipart(ranges, file.size(), type, boundary);
        describe(response, parts.contentType());
        ResponseStream stream = response.status(206).stream(parts.length());
        try (channel) {
            parts.write(channel, stream.outputStream());
        } catch (IOException e) {
            LOG.debug("Parts of {} are cut off: the client is gone, or the file became shorter", file.source(), e);
            stream.abort();
        }
    }

    private void describe(Response response, String contentType) {
        response.header("Content-Type", contentType).header("Accept-Ranges", "bytes");
        file.coding().ifPresent(coding -> response.header("Content-Encoding", coding.token));
        describeForCaches(response);
    }

    private void describeForCaches(Response response) {
        response.header("Last-Modified", HttpDate.format(modified)).header("ETag", tag.toString());
        cacheControl.ifPresent(value -> response.header("Cache-Control", value));
        if (file.varies()) {
            response.header("Vary", "Accept-Encoding");
        }
    }
}

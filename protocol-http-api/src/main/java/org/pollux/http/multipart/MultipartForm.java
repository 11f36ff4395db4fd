package org.pollux.http.multipart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Request;

/**
 * A whole form, for a handler that blocks. Small parts are in memory, larger ones in files, which are deleted when this is
 * closed.
 *
 * <pre>
 *   try (MultipartForm form = MultipartForm.read(request, MultipartLimits.defaults(), folder)) {
 *       Part photo = form.first("photo").orElseThrow(() -&gt; new HttpException(Problem.of(400, "A photo is missing")));
 *       photo.moveTo(photos.resolve(UUID.randomUUID() + ".jpg"));
 *   }
 * </pre>
 *
 * <p>For one thread at a time.
 */
public final class MultipartForm implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final List<Part> parts = new ArrayList<>();

    private MultipartForm() {}

    /**
     * Reads the form of a request. Waits for the client.
     *
     * @param folder for the files of large parts; it exists
     * @throws org.pollux.http.HttpException with status 415, 400 or 413; see {@link MultipartParser}
     * @throws IOException when the client disconnects, or a file cannot be written; no file is left then, whatever is thrown
     * @throws IllegalStateException when the body was asked for already
     */
    public static MultipartForm read(Request request, MultipartLimits limits, Path folder) throws IOException {
        String type = request.headers().first("Content-Type").orElse("");
        return read(type, request.body().inputStream(), limits, folder);
    }

    /**
     * Reads a form from any stream, to its end.
     *
     * @param contentType the value of {@code Content-Type}, which names the boundary
     * @param body is not closed
     */
    public static MultipartForm read(String contentType, InputStream body, MultipartLimits limits, Path folder)
            throws IOException {
        MultipartForm form = new MultipartForm();
        try (Collector collector = form.new Collector(limits.memoryBytes(), folder)) {
            MultipartParser parser = MultipartParser.of(contentType, limits, collector);
            byte[] buffer = new byte[BUFFER];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                parser.parse(ByteBuffer.wrap(buffer, 0, count));
            }
            parser.end();
            return form;
        } catch (IOException | RuntimeException | Error fault) {
            form.close();
            throw fault;
        } catch (Exception fault) {
            throw new AssertionError("The collector throws no other exceptions", fault);
        }
    }

    /** The parts, in the order in which they were sent. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** The first part of that name. */
    public Optional<Part> first(String name) {
        return parts.stream().filter(part -> part.head().name().equals(name)).findFirst();
    }

    /** All parts of that name. */
    public List<Part> all(String name) {
        return parts.stream().filter(part -> part.head().name().equals(name)).toList();
    }

    /**
     * Deletes the files that were not moved.
     *
     * @throws UncheckedIOException when a file cannot be deleted; the others are
     */
    @Override
    public void close() {
        UncheckedIOException failure = null;
        for (Part part : parts) {
            try {
                part.delete();
            } catch (IOException e) {
                failure = new UncheckedIOException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Puts the parts that come into memory or files. */
    private final class Collector implements MultipartHandler, AutoCloseable {

        private final int memoryBytes;
        private final Path folder;
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private @Nullable PartHead head;
        private @Nullable Path file;
        private @Nullable OutputStream toFile;
        private long size;

        Collector(int memoryBytes, Path folder) {
            this.memoryBytes = memoryBytes;
            this.folder = folder;
        }

        @Override
        public void onPart(PartHead part) {
            head = part;
            size = 0;
        }

        @Override
        public void onData(ByteBuffer data) throws IOException {
            size += data.remaining();
            OutputStream to = toFile;
            if (to == null && size > memoryBytes) {
                Path created = Files.createTempFile(folder, "part-", null); // readable by the owner only
                file = created;
                to = Files.newOutputStream(created);
                toFile = to;
                memory.writeTo(to);
                memory.reset();
            }
            (to == null ? memory : to).write(data.array(), data.arrayOffset() + data.position(), data.remaining());
        }

        @Override
        public void onPartEnd() throws IOException {
            closeFile();
            PartHead ended = head;
            if (ended != null) {
                parts.add(new Part(ended, memory.toByteArray(), file, size));
            }
            file = null;
            memory.reset();
        }

        @Override
        public void onEnd() {}

        private void closeFile() throws IOException {
            OutputStream open = toFile;
            toFile = null;
            if (open != null) {
                open.close();
            }
        }

        /** Deletes the file of a part that did not become complete. */
        @Override
        public void close() throws IOException {
            closeFile();
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
    }
}

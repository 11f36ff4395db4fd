package org.pollux.servlet.forms;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Header;

/**
 * A part as a servlet sees it.
 *
 * @param folder in which {@link #write} creates files
 */
record FormPart(org.pollux.http.multipart.Part part, Path folder) implements Part {

    @Override
    public InputStream getInputStream() throws IOException {
        return part.inputStream();
    }

    @Override
    public @Nullable String getContentType() {
        return part.head().type().orElse(null);
    }

    @Override
    public String getName() {
        return part.head().name();
    }

    @Override
    public @Nullable String getSubmittedFileName() {
        return part.head().fileName().orElse(null);
    }

    @Override
    public long getSize() {
        return part.size();
    }

    /** Copies it, so that it can still be read: the specification allows both. */
    @Override
    public void write(String file) throws IOException {
        try (InputStream in = part.inputStream()) {
            Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Its file is deleted with the request. */
    @Override
    public void delete() {}

    @Override
    public @Nullable String getHeader(String name) {
        return getHeaders(name).stream().findFirst().orElse(null);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return fields().filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    @Override
    public Collection<String> getHeaderNames() {
        return fields().map(Header::name).distinct().toList();
    }

    private Stream<Header> fields() {
        return part.head().fields().stream();
    }
}

package org.pollux.servlet.forms;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.pollux.http.HttpException;
import org.pollux.http.multipart.MultipartForm;
import org.pollux.http.multipart.MultipartLimits;

/** The parts of a form with files (RFC 7578), until it is closed. */
public final class FormParts implements AutoCloseable {

    private static final int PARTS = 1_000;
    private static final int LEAST_THRESHOLD = 8 * 1024;

    private final MultipartForm form;
    private final List<Part> parts;

    private FormParts(MultipartForm form, Path folder) {
        this.form = form;
        parts = form.parts().stream()
                .<Part>map(part -> new FormPart(part, folder))
                .toList();
    }

    /**
     * Reads the whole form.
     *
     * @param type the value of {@code Content-Type}
     * @param config its negative limits mean those of {@link MultipartLimits#defaults}, because a client must not fill the disk
     * @param temporary the folder of files, in which the configuration may name another
     * @throws BadForm when it is malformed, or a limit is exceeded
     */
    public static FormParts read(InputStream body, String type, MultipartConfigElement config, Path temporary)
            throws IOException {
        Path folder = config.getLocation().isEmpty() ? temporary : temporary.resolve(config.getLocation());
        MultipartLimits defaults = MultipartLimits.defaults();
        MultipartLimits limits = new MultipartLimits(
                PARTS,
                defaults.headBytes(),
                limit(config.getMaxFileSize(), defaults.partBytes()),
                limit(config.getMaxRequestSize(), defaults.formBytes()),
                Math.max(config.getFileSizeThreshold(), LEAST_THRESHOLD));
        try {
            return new FormParts(MultipartForm.read(type, body, limits, folder), folder);
        } catch (HttpException e) {
            throw new BadForm(e.status(), e);
        }
    }

    private static long limit(long configured, long otherwise) {
        return configured < 0 ? otherwise : configured;
    }

    public Collection<Part> all() {
        return parts;
    }

    /** Deletes the files that are left. */
    @Override
    public void close() {
        form.close();
    }
}

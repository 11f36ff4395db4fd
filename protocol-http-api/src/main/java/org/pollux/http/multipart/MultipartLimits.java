package org.pollux.http.multipart;

/**
 * What a client may send in one form. A form beyond a limit is refused with status 413.
 *
 * @param parts the number of fields and files
 * @param headBytes of the head of one part: its name, the name of its file, its type
 * @param partBytes of the content of one part
 * @param formBytes of the form as it is sent
 * @param memoryBytes of one part that a {@link MultipartForm} keeps in memory; the content of a larger one goes to a file
 */
public record MultipartLimits(int parts, int headBytes, long partBytes, long formBytes, int memoryBytes) {

    private static final int KIB = 1024;
    private static final long MIB = 1024L * KIB;

    /** Checks the limits. */
    public MultipartLimits {
        if (parts < 0 || headBytes < 0 || partBytes < 0 || formBytes < 0 || memoryBytes < 0) {
            throw new IllegalArgumentException("A limit of a form is not negative, but one of these is: " + parts + ", "
                    + headBytes + ", " + partBytes + ", " + formBytes + ", " + memoryBytes);
        }
    }

    /** 100 parts of 64 MiB each and 256 MiB together, heads of 8 KiB, and 16 KiB of a part in memory. */
    public static MultipartLimits defaults() {
        return new MultipartLimits(100, 8 * KIB, 64 * MIB, 256 * MIB, 16 * KIB);
    }

    /** The same limits, but for the number of parts. */
    public MultipartLimits withParts(int most) {
        return new MultipartLimits(most, headBytes, partBytes, formBytes, memoryBytes);
    }

    /** The same limits, but for the size of a part. */
    public MultipartLimits withPartBytes(long most) {
        return new MultipartLimits(parts, headBytes, most, formBytes, memoryBytes);
    }

    /** The same limits, but for the size of the form. */
    public MultipartLimits withFormBytes(long most) {
        return new MultipartLimits(parts, headBytes, partBytes, most, memoryBytes);
    }
}

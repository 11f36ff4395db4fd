package org.pollux.servlet.forms;

/**
 * A query or a form is malformed, or larger than a limit. The servlet specification wants an {@link IllegalStateException}
 * (section 3.1); the response is that status unless the application catches it.
 */
public final class BadForm extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final int status;

    BadForm(int status, String message) {
        super(message);
        this.status = status;
    }

    BadForm(int status, Throwable cause) {
        super(cause.getMessage(), cause);
        this.status = status;
    }

    /** 400 or 413. */
    public int status() {
        return status;
    }
}

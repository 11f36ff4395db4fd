package org.pollux.http.server.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pollux.http.ErrorBody;
import org.pollux.http.ErrorPage;
import org.pollux.http.Request;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.syntax.FieldSyntax;
import org.pollux.http.server.syntax.HostName;
import org.pollux.http.server.syntax.PathPattern;
import org.pollux.http.server.syntax.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The error pages of one moment, immutable. From any thread. */
public final class ErrorPages {

    /**
     * A page with its place and its statuses.
     *
     * @param mount an empty list of paths means all paths
     * @param statuses an empty list means all
     * @param absence of the page, which is then not called
     */
    public record Page(
            ErrorPage page,
            Mount mount,
            Set<Integer> statuses,
            @Nullable Absence absence) {

        public Page {
            for (int status : statuses) {
                if (status < 400 || status > Status.LAST) {
                    throw new IllegalArgumentException(
                            "The status of an error is from 400 to 599, but this is " + status);
                }
            }
        }

        public Page(ErrorPage page, Mount mount, Set<Integer> statuses) {
            this(page, mount, statuses, null);
        }

        /** The same page while its service is absent. */
        Page away(Absence missed) {
            return new Page((_, _) -> new ErrorBody("text/plain", ""), mount, statuses, missed);
        }

        boolean isForStatus(int status) {
            return statuses.isEmpty() || statuses.contains(status);
        }

        /** The requests that the page is for. */
        Scope scope() {
            return new Scope(mount.paths().isEmpty() ? mount.everywhere() : mount);
        }

        /** The number of properties that narrow it. */
        private int narrowness() {
            return (int) Stream.of(statuses, mount.paths(), mount.hosts())
                    .filter(values -> !values.isEmpty())
                    .count();
        }

        private boolean isFor(int status, @Nullable Request request) {
            return absence == null
                    && isForStatus(status)
                    && (mount.hosts().isEmpty()
                            || (request != null && mount.hosts().contains(HostName.of(request))))
                    && (mount.paths().isEmpty() || (request != null && isPath(request.path())));
        }

        private boolean isPath(String path) {
            return PathPattern.ofAll(mount.paths()).stream().anyMatch(pattern -> pattern.fits(path));
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    public static final ErrorPages NONE = new ErrorPages(List.of());

    private final List<Page> pages;

    /** Takes the pages in ascending precedence: of two equally narrow pages, the later one is used first. */
    ErrorPages(List<Page> pages) {
        this.pages = pages.reversed().stream()
                .sorted(Comparator.comparingInt(Page::narrowness).reversed())
                .toList();
    }

    /** The absent pages for that status. */
    List<Page> away(int status) {
        return pages.stream()
                .filter(page -> page.absence() != null && page.isForStatus(status))
                .toList();
    }

    /** The body of a response with that status. */
    public ErrorBody body(int status, @Nullable Request request) {
        for (Page page : pages) {
            if (page.isFor(status, request)) {
                return written(page.page(), status, request);
            }
        }
        return OwnResponses.body(status, request);
    }

    private static ErrorBody written(ErrorPage page, int status, @Nullable Request request) {
        try {
            ErrorBody body = page.body(status, request);
            FieldSyntax.requireValue("Content-Type", body.type());
            return body;
        } catch (RuntimeException | Error fault) {
            LOG.error(
                    "The error page {} failed at {}; plain text is sent",
                    page.getClass().getName(),
                    status,
                    fault);
            return OwnResponses.body(status, request);
        }
    }
}

package org.pollux.http.server.routing;

import java.nio.ByteBuffer;
import java.util.List;
import org.pollux.http.Request;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HostName;
import org.pollux.http.server.syntax.PathPattern;

/** The requests that a filter is meant for. */
final class Scope {

    private final Mount mount;
    private final List<PathPattern> patterns;

    Scope(Mount mount) {
        this.mount = mount;
        this.patterns = PathPattern.ofAll(mount.paths());
    }

    /** Whether it includes all requests of a pattern. */
    boolean isAll(PathPattern at) {
        return covers(at) && mount.methods().isEmpty() && mount.hosts().isEmpty();
    }

    /** Whether it excludes all requests of a pattern. */
    boolean isNothing(PathPattern at) {
        return at.isExact() && !covers(at);
    }

    /** Whether it includes some requests of a pattern, as far as paths say. */
    boolean overlaps(PathPattern at) {
        return covers(at) || patterns.stream().anyMatch(at::covers);
    }

    private boolean covers(PathPattern at) {
        return patterns.stream().anyMatch(pattern -> pattern.covers(at));
    }

    boolean fits(Request request) {
        return isMethod(request.method()) && isHost(() -> HostName.of(request)) && isPath(request.path());
    }

    /** Whether it includes the head at the buffer's position, which is not a request yet. */
    boolean fits(HeadLayout head, ByteBuffer in) {
        return isMethod(head.methodName(in)) && isHost(() -> HostName.of(head, in)) && isPath(head.path(in));
    }

    private boolean isMethod(String method) {
        List<String> methods = mount.methods();
        return methods.isEmpty()
                || methods.contains(method)
                || methods.contains("*")
                || (method.equals("HEAD") && methods.contains("GET"));
    }

    private interface Host {
        String name();
    }

    private boolean isHost(Host host) {
        return mount.hosts().isEmpty() || mount.hosts().contains(host.name());
    }

    private boolean isPath(String path) {
        return patterns.stream().anyMatch(pattern -> pattern.fits(path));
    }
}

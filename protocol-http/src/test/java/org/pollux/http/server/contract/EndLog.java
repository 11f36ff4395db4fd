package org.pollux.http.server.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Request;
import org.pollux.http.ResponseInterceptor;

/** Writes an access log. */
record EndLog(List<String> lines) implements ResponseInterceptor {

    @Override
    public void onEnd(Request request, int status, long bytes, @Nullable Throwable failure) {
        lines.add(request.method() + " " + request.path() + " " + status + " " + bytes + " "
                + (failure == null ? "whole" : failure.getMessage()));
    }
}

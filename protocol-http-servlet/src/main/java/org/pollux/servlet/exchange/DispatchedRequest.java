package org.pollux.servlet.exchange;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request that was wrapped before it became asynchronous, and is dispatched. Its path is that of the dispatch, whatever the
 * wrappers say: a dispatcher's wrapper keeps the path for which it was made.
 */
final class DispatchedRequest extends HttpServletRequestWrapper {

    private final HttpServletRequest inner;

    DispatchedRequest(HttpServletRequest wrapped, HttpServletRequest inner) {
        super(wrapped);
        this.inner = inner;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return inner.getDispatcherType();
    }

    @Override
    public ServletContext getServletContext() {
        return inner.getServletContext();
    }

    @Override
    public String getContextPath() {
        return inner.getContextPath();
    }

    @Override
    public String getServletPath() {
        return inner.getServletPath();
    }

    @Override
    public String getPathInfo() {
        return inner.getPathInfo();
    }

    @Override
    public String getRequestURI() {
        return inner.getRequestURI();
    }

    @Override
    public StringBuffer getRequestURL() {
        return inner.getRequestURL();
    }

    @Override
    public @Nullable String getQueryString() {
        return inner.getQueryString();
    }

    @Override
    public HttpServletMapping getHttpServletMapping() {
        return inner.getHttpServletMapping();
    }
}

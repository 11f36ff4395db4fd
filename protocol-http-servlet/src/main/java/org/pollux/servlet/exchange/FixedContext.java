package org.pollux.servlet.exchange;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.descriptor.JspConfigDescriptor;
import java.io.InputStream;
import java.net.URL;
import java.util.EventListener;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a context with one servlet cannot do. A dispatcher behind it has contexts of its own, with resources and dispatchers;
 * servlets, filters and listeners come as services and are not added by calls.
 */
abstract class FixedContext implements ServletContext {

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException(
                "A context is not changed by calls: register servlets, filters and listeners as services");
    }

    @Override
    public ServletRegistration.Dynamic addServlet(String name, String type) {
        throw refused();
    }

    @Override
    public ServletRegistration.Dynamic addServlet(String name, Servlet servlet) {
        throw refused();
    }

    @Override
    public ServletRegistration.Dynamic addServlet(String name, Class<? extends Servlet> type) {
        throw refused();
    }

    @Override
    public ServletRegistration.Dynamic addJspFile(String name, String file) {
        throw refused();
    }

    @Override
    public <T extends Servlet> T createServlet(Class<T> type) {
        throw refused();
    }

    @Override
    public FilterRegistration.Dynamic addFilter(String name, String type) {
        throw refused();
    }

    @Override
    public FilterRegistration.Dynamic addFilter(String name, Filter filter) {
        throw refused();
    }

    @Override
    public FilterRegistration.Dynamic addFilter(String name, Class<? extends Filter> type) {
        throw refused();
    }

    @Override
    public <T extends Filter> T createFilter(Class<T> type) {
        throw refused();
    }

    @Override
    public void addListener(String type) {
        throw refused();
    }

    @Override
    public <T extends EventListener> void addListener(T listener) {
        throw refused();
    }

    @Override
    public void addListener(Class<? extends EventListener> type) {
        throw refused();
    }

    @Override
    public <T extends EventListener> T createListener(Class<T> type) {
        throw refused();
    }

    @Override
    public void declareRoles(String... names) {
        throw refused();
    }

    @Override
    public void setSessionTrackingModes(Set<SessionTrackingMode> modes) {
        throw refused();
    }

    @Override
    public void setSessionTimeout(int minutes) {
        throw refused();
    }

    @Override
    public void setRequestCharacterEncoding(String name) {
        throw refused();
    }

    @Override
    public void setResponseCharacterEncoding(String name) {
        throw refused();
    }

    @Override
    public boolean setInitParameter(String name, String value) {
        throw refused();
    }

    @Override
    public @Nullable ServletContext getContext(String path) {
        return null;
    }

    @Override
    public @Nullable Set<String> getResourcePaths(String path) {
        return null;
    }

    @Override
    public @Nullable URL getResource(String path) {
        return null;
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String path) {
        return null;
    }

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(String path) {
        return null;
    }

    @Override
    public @Nullable RequestDispatcher getNamedDispatcher(String name) {
        return null;
    }

    @Override
    public @Nullable String getRealPath(String path) {
        return null;
    }

    @Override
    public @Nullable ServletRegistration getServletRegistration(String name) {
        return null;
    }

    @Override
    public @Nullable FilterRegistration getFilterRegistration(String name) {
        return null;
    }

    @Override
    public @Nullable JspConfigDescriptor getJspConfigDescriptor() {
        return null;
    }

    @Override
    public Map<String, ? extends ServletRegistration> getServletRegistrations() {
        return Map.of();
    }

    @Override
    public Map<String, ? extends FilterRegistration> getFilterRegistrations() {
        return Map.of();
    }
}

package org.pollux.servlet.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.security.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Request;
import org.pollux.servlet.body.ContentType;
import org.pollux.servlet.body.ServletInput;
import org.pollux.servlet.forms.FormParameters;
import org.pollux.servlet.forms.FormParts;

/** The request of a servlet: its attributes, parameters, body and session. */
final class IncomingRequest extends HeadView {

    /** The bridge of Felix tells the multipart configuration of a servlet by this attribute. */
    private static final String MULTIPART = "org.eclipse.jetty.multipartConfig";

    private final Cycle cycle;
    private @Nullable ServletInput input; // made when it is asked for: most requests have no body
    private final Map<String, Object> attributes = new HashMap<>();
    private @Nullable Map<String, String[]> parameters;
    private @Nullable FormParts parts;
    private @Nullable String encoding;
    private @Nullable BufferedReader reader;
    private boolean isStream;
    private List<String> queries; // that of the last dispatch comes first
    private Target target;
    private DispatcherType type = DispatcherType.REQUEST;

    IncomingRequest(Request request, Cycle cycle, String path) {
        super(request);
        this.cycle = cycle;
        target = new Target(path, super.getRequestURI(), Optional.empty());
        queries = request.query().map(List::of).orElseGet(List::of);
        encoding = request.headers()
                .first("Content-Type")
                .flatMap(field -> ContentType.of(field).charset())
                .orElse(null);
    }

    private ServletInput input() {
        ServletInput made = input;
        if (made == null) {
            made = ServletInput.ofRequest(request.body(), cycle.callbacks());
            input = made;
        }
        return made;
    }

    /**
     * The servlet is called once more, perhaps for another path. The parameters of its query come first.
     *
     * @param from the request that the servlet saw; attributes tell its path
     */
    void redispatch(Target next, HttpServletRequest from) {
        if (!attributes.containsKey(AsyncContext.ASYNC_REQUEST_URI)) {
            setAttribute(AsyncContext.ASYNC_REQUEST_URI, from.getRequestURI());
            setAttribute(AsyncContext.ASYNC_CONTEXT_PATH, from.getContextPath());
            setAttribute(AsyncContext.ASYNC_SERVLET_PATH, from.getServletPath());
            setAttribute(AsyncContext.ASYNC_PATH_INFO, from.getPathInfo());
            setAttribute(AsyncContext.ASYNC_QUERY_STRING, from.getQueryString());
            setAttribute(AsyncContext.ASYNC_MAPPING, from.getHttpServletMapping());
        }
        type = DispatcherType.ASYNC;
        target = next;
        next.query().ifPresent(this::prepend);
    }

    private void prepend(String query) {
        queries = Stream.concat(Stream.of(query), queries.stream()).toList();
        Map<String, String[]> before = parameters;
        if (before != null) {
            FormParameters all = new FormParameters();
            all.add(query, charset());
            all.add(before);
            parameters = all.values();
        }
    }

    void errorType() {
        type = DispatcherType.ERROR;
    }

    Target target() {
        return target;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        Object value = attributes.get(name);
        return value == null ? TlsAttributes.of(request, name) : value;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        Set<String> names = new LinkedHashSet<>(attributes.keySet());
        TlsAttributes.NAMES.stream()
                .filter(name -> TlsAttributes.of(request, name) != null)
                .forEach(names::add);
        return Collections.enumeration(names);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public String getRequestURI() {
        return target.uri();
    }

    @Override
    public @Nullable String getQueryString() {
        return queries.isEmpty() ? null : queries.getFirst();
    }

    @Override
    public String getContextPath() {
        return getServletContext().getContextPath();
    }

    @Override
    public String getServletPath() {
        return "";
    }

    @Override
    public String getPathInfo() {
        return target.path();
    }

    @Override
    public @Nullable String getPathTranslated() {
        return null;
    }

    @Override
    public HttpServletMapping getHttpServletMapping() {
        return new PathMapping(
                target.path().substring(1),
                cycle.container().servlet().getServletConfig().getServletName());
    }

    @Override
    public ServletContext getServletContext() {
        return cycle.container().context();
    }

    @Override
    public DispatcherType getDispatcherType() {
        return type;
    }

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(String to) {
        return null;
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        return encoding;
    }

    @Override
    public void setCharacterEncoding(String to) throws UnsupportedEncodingException {
        if (ContentType.charset(to).isEmpty()) {
            throw new UnsupportedEncodingException(to);
        }
        if (parameters == null && reader == null) {
            encoding = to;
        }
    }

    @Override
    public ServletInputStream getInputStream() {
        if (reader != null) {
            throw new IllegalStateException("The body is read by getReader already");
        }
        isStream = true;
        return input();
    }

    @Override
    public BufferedReader getReader() throws UnsupportedEncodingException {
        if (isStream) {
            throw new IllegalStateException("The body is read by getInputStream already");
        }
        if (reader == null) {
            String name = encoding == null ? ISO_8859_1.name() : encoding;
            Charset charset = ContentType.charset(name).orElseThrow(() -> new UnsupportedEncodingException(name));
            reader = new BufferedReader(new InputStreamReader(input(), charset));
        }
        return reader;
    }

    @Override
    public boolean isTrailerFieldsReady() {
        return input().trailers() != null;
    }

    @Override
    public Map<String, String> getTrailerFields() {
        Map<String, String> trailers = input().trailers();
        if (trailers == null) {
            throw new IllegalStateException("The body has not been read to its end");
        }
        return trailers;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (parameters == null) {
            parameters = readParameters();
        }
        return parameters;
    }

    private Charset charset() {
        return Optional.ofNullable(encoding).flatMap(ContentType::charset).orElse(UTF_8);
    }

    private Map<String, String[]> readParameters() {
        FormParameters read = new FormParameters();
        Charset charset = charset();
        queries.forEach(query -> read.add(query, charset));
        ContentType of = ContentType.of(request.headers().first("Content-Type").orElse(""));
        boolean isUnread = !isStream && reader == null;
        try {
            if (isUnread && of.is("application/x-www-form-urlencoded")) {
                read.add(FormParameters.read(input(), cycle.container().form()), charset);
            } else if (of.is("multipart/form-data") && multipart().isPresent() && (isUnread || parts != null)) {
                read.add(getParts(), charset, cycle.container().form());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The form cannot be read", e);
        }
        return read.values();
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    private Optional<MultipartConfigElement> multipart() {
        return getAttribute(MULTIPART) instanceof MultipartConfigElement of
                ? Optional.of(of)
                : cycle.container().multipart();
    }

    @Override
    public Collection<Part> getParts() throws IOException {
        if (parts == null) {
            MultipartConfigElement config = multipart()
                    .orElseThrow(() -> new IllegalStateException("The servlet has no multipart configuration"));
            String of = request.headers().first("Content-Type").orElse("");
            if (!ContentType.of(of).is("multipart/form-data")) {
                throw new IllegalStateException("The body is '" + of + "', and not multipart/form-data");
            }
            parts = FormParts.read(input(), of, config, cycle.container().temporary());
        }
        return parts.all();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException {
        return getParts().stream()
                .filter(part -> part.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Files of parts that are left are deleted. */
    void deleteParts() {
        if (parts != null) {
            parts.close();
        }
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return cycle.session().of(create);
    }

    @Override
    public @Nullable HttpSession getSession() {
        return getSession(true);
    }

    @Override
    public String changeSessionId() {
        return cycle.session().rename();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return cycle.session().requested().orElse(null);
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return cycle.session().isRequestedValid();
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return getRequestedSessionId() != null;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return false;
    }

    @Override
    public AsyncContext startAsync() {
        return cycle.startAsync(this, cycle.response(), true);
    }

    @Override
    public AsyncContext startAsync(ServletRequest of, ServletResponse response) {
        return cycle.startAsync(of, response, of == this && response == cycle.response());
    }

    @Override
    public boolean isAsyncStarted() {
        return cycle.isAsyncStarted();
    }

    @Override
    public boolean isAsyncSupported() {
        return true;
    }

    @Override
    public AsyncContext getAsyncContext() {
        return cycle.async();
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> of) throws IOException {
        return cycle.upgrade(of);
    }

    // Users: a filter, or the dispatcher's wrapper, knows them. The container knows none.

    @Override
    public @Nullable String getAuthType() {
        return null;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return null;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return null;
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    @Override
    public boolean authenticate(HttpServletResponse response) {
        throw new UnsupportedOperationException("The container knows no users: let a filter authenticate them");
    }

    @Override
    public void login(String user, String password) {
        throw new UnsupportedOperationException("The container knows no users: let a filter authenticate them");
    }

    @Override
    public void logout() {}
}

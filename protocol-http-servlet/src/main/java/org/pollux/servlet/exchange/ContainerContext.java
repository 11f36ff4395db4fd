package org.pollux.servlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.io.File;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pollux.servlet.sessions.SessionSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The context of the one servlet, and its configuration. From any thread. */
public final class ContainerContext extends FixedContext implements ServletConfig {

    private static final Logger LOG = LoggerFactory.getLogger("org.pollux.servlet");

    private final String path;
    private final SessionSettings sessions;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();

    /**
     * A context.
     *
     * @param path empty, or a path such as {@code /app}
     * @param temporary a folder that exists
     */
    public ContainerContext(String path, SessionSettings sessions, Path temporary) {
        this.path = path;
        this.sessions = sessions;
        attributes.put(TEMPDIR, temporary.toFile());
    }

    @Override
    public String getServletName() {
        return "dispatcher";
    }

    @Override
    public ServletContext getServletContext() {
        return this;
    }

    @Override
    public String getContextPath() {
        return path;
    }

    @Override
    public int getMajorVersion() {
        return 6;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    @Override
    public int getEffectiveMajorVersion() {
        return 6;
    }

    @Override
    public int getEffectiveMinorVersion() {
        return 1;
    }

    @Override
    public @Nullable String getMimeType(String file) {
        return URLConnection.guessContentTypeFromName(new File(file).getName());
    }

    @Override
    public void log(String message) {
        LOG.info("{}", message);
    }

    @Override
    public void log(String message, Throwable cause) {
        LOG.error("{}", message, cause);
    }

    @Override
    public String getServerInfo() {
        return "Pollux";
    }

    @Override
    public String getVirtualServerName() {
        return "pollux";
    }

    @Override
    public String getServletContextName() {
        return path.isEmpty() ? "/" : path;
    }

    @Override
    public @Nullable String getInitParameter(String name) {
        return null;
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.emptyEnumeration();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
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
    public SessionCookieConfig getSessionCookieConfig() {
        return new FixedCookieConfig(sessions, path.isEmpty() ? "/" : path);
    }

    @Override
    public Set<SessionTrackingMode> getDefaultSessionTrackingModes() {
        return Set.of(SessionTrackingMode.COOKIE);
    }

    @Override
    public Set<SessionTrackingMode> getEffectiveSessionTrackingModes() {
        return getDefaultSessionTrackingModes();
    }

    @Override
    public int getSessionTimeout() {
        return (int) sessions.timeout().toMinutes();
    }

    @Override
    public ClassLoader getClassLoader() {
        return ContainerContext.class.getClassLoader();
    }

    @Override
    public String getRequestCharacterEncoding() {
        return UTF_8.name();
    }

    @Override
    public @Nullable String getResponseCharacterEncoding() {
        return null;
    }
}

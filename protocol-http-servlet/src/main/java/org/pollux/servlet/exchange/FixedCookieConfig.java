package org.pollux.servlet.exchange;

import jakarta.servlet.SessionCookieConfig;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pollux.servlet.sessions.SessionSettings;

/** The cookie of sessions, as the configuration sets it. Calls do not change it. */
@SuppressWarnings("removal") // the interface still has comments
record FixedCookieConfig(SessionSettings settings, String getPath) implements SessionCookieConfig {

    private static IllegalStateException refused() {
        return new IllegalStateException(
                "The cookie of sessions is set by the configuration pollux.http.servlet, and not by calls");
    }

    @Override
    public String getName() {
        return settings.cookie();
    }

    @Override
    public @Nullable String getDomain() {
        return null;
    }

    @Override
    public @Nullable String getComment() {
        return null;
    }

    @Override
    public boolean isHttpOnly() {
        return true;
    }

    /** Over TLS it is always secure. */
    @Override
    public boolean isSecure() {
        return settings.sameSite().equals("None");
    }

    @Override
    public int getMaxAge() {
        return -1;
    }

    @Override
    public @Nullable String getAttribute(String name) {
        return getAttributes().get(name);
    }

    @Override
    public Map<String, String> getAttributes() {
        Map<String, String> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        attributes.putAll(Map.of("Path", getPath, "HttpOnly", "true", "SameSite", settings.sameSite()));
        return attributes;
    }

    @Override
    public void setName(String name) {
        throw refused();
    }

    @Override
    public void setDomain(String domain) {
        throw refused();
    }

    @Override
    public void setPath(String path) {
        throw refused();
    }

    @Override
    public void setComment(String comment) {
        throw refused();
    }

    @Override
    public void setHttpOnly(boolean is) {
        throw refused();
    }

    @Override
    public void setSecure(boolean is) {
        throw refused();
    }

    @Override
    public void setMaxAge(int seconds) {
        throw refused();
    }

    @Override
    public void setAttribute(String name, String value) {
        throw refused();
    }
}

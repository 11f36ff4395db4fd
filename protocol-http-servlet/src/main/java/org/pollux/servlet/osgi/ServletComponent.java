package org.pollux.servlet.osgi;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EventListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpHandler;
import org.pollux.http.Methods;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.servlet.ServletContainer;
import org.pollux.servlet.ServletSettings;
import org.pollux.servlet.sessions.SessionSettings;
import org.pollux.servlet.sessions.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dispatcher of Felix's bridge behind a handler. When this bundle or the bridge is updated, the sessions are in a file of
 * this bundle meanwhile.
 */
@Component(configurationPid = "pollux.http.servlet", service = HttpHandler.class)
@Methods("*")
@Designate(ocd = ServletConfiguration.class)
public final class ServletComponent implements HttpHandler, SynchronousBundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(ServletComponent.class);
    private static final String DISPATCHER = "(http.felix.dispatcher=*)";

    private final BundleContext context;
    private final Path file;
    private final Sessions sessions;
    private final ServletContainer container;

    @Activate
    public ServletComponent(
            BundleContext context, ServletConfiguration from, @Reference(target = DISPATCHER) HttpServlet dispatcher)
            throws ServletException, IOException {
        this.context = context;
        Path folder = context.getDataFile("").toPath();
        file = folder.resolve("sessions");
        sessions = new Sessions(sessions(from), InstantSource.system(), new BundleClasses(context));
        load();
        container = new ServletContainer(dispatcher, settings(from, Files.createDirectories(folder)), sessions);
        context.addBundleListener(this);
    }

    private static ServletSettings settings(ServletConfiguration from, Path temporary) {
        return new ServletSettings(
                contextPath(from.path()),
                from.calls(),
                Duration.ofSeconds(from.asyncTimeout()),
                from.absoluteRedirects(),
                from.form(),
                Duration.ofSeconds(from.drain()),
                temporary);
    }

    private static String contextPath(String path) {
        if (!path.startsWith("/") || !path.endsWith("/*")) {
            throw new IllegalArgumentException(
                    "path of pollux.http.servlet is '" + path + "': set it to /*, or to a path such as /app/*");
        }
        return path.substring(0, path.length() - 2);
    }

    private static SessionSettings sessions(ServletConfiguration from) {
        return new SessionSettings(
                from.cookie(),
                from.sameSite(),
                Duration.ofMinutes(from.sessionTimeout()),
                from.sessions(),
                from.sessionValues(),
                from.sessionBytes());
    }

    private void load() {
        try {
            sessions.load(file);
        } catch (IOException e) {
            LOG.warn("The sessions in {} cannot be read; their clients begin new ones", file, e);
        }
    }

    @Deactivate
    void end() {
        context.removeBundleListener(this);
        container.close();
        try {
            sessions.save(file);
        } catch (IOException e) {
            LOG.warn("The sessions cannot be stored in {}; their clients begin new ones", file, e);
        }
    }

    @Reference(target = DISPATCHER, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(EventListener listener) {
        sessions.listeners().add(listener);
    }

    void unbindListener(EventListener listener) {
        sessions.listeners().remove(listener);
    }

    /** A bundle has stopped, and its next version will have other classes. */
    @Override
    public void bundleChanged(BundleEvent event) {
        boolean isLast = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING;
        if (event.getType() == BundleEvent.STOPPED
                && !isLast
                && event.getBundle().getSymbolicName() != null) {
            container.endUpgrades(type -> event.getBundle().equals(FrameworkUtil.getBundle(type)));
            sessions.leave(event.getBundle().getSymbolicName());
        }
    }

    @Override
    public void handle(Request request, Response response) {
        container.handle(request, response);
    }
}

package org.pollux.http.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.Blocking;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.Subpaths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for each configuration {@code pollux.http.files~NAME}; without one nothing is served. */
@Component(
        service = HttpHandler.class,
        configurationPid = "pollux.http.files",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FilesConfiguration.class, factory = true)
@Subpaths
@Blocking
public final class FilesComponent implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FilesComponent.class);

    private final Path home;
    private volatile StaticFiles files;

    @Activate
    public FilesComponent(BundleContext context, FilesConfiguration configuration) {
        home = Path.of(Optional.ofNullable(context.getProperty("pollux.home")).orElse(""));
        files = files(configuration);
    }

    /** The service stays; requests under way go on with what was before. A bad configuration changes nothing. */
    @Modified
    void configure(FilesConfiguration configuration) {
        try {
            files = files(configuration);
        } catch (IllegalArgumentException e) {
            LOG.error("A configuration pollux.http.files is not used, and what was before goes on: {}", e.getMessage());
        }
    }

    private StaticFiles files(FilesConfiguration configuration) {
        FilesSettings settings = ConfiguredFiles.of(configuration, home);
        if (!Files.isDirectory(settings.folder())) {
            LOG.warn("{} is no folder now: what is asked for in it is 404 until it is", settings.folder());
        }
        return new StaticFiles(settings);
    }

    @Override
    public void handle(Request request, Response response) throws IOException {
        files.handle(request, response);
    }
}

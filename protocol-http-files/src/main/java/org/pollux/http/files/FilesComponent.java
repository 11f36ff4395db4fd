package org.pollux.http.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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

/** A folder for each configuration {@code pollux.http.files~NAME}. Without a configuration nothing is served. */
@Component(
        service = {HttpHandler.class, Supplier.class},
        property = "pollux.faults=pollux.http.files",
        configurationPid = "pollux.http.files",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FilesConfiguration.class, factory = true)
@Subpaths
@Blocking
public final class FilesComponent implements HttpHandler, Supplier<List<String>> {

    private static final Logger LOG = LoggerFactory.getLogger(FilesComponent.class);

    private final Path home;
    private volatile StaticFiles files;
    private volatile List<String> problems = List.of();

    @Activate
    public FilesComponent(BundleContext context, FilesConfiguration configuration) {
        home = Path.of(Optional.ofNullable(context.getProperty("pollux.home")).orElse(""));
        files = files(configuration);
    }

    /** Keeps the service. Requests under way use the previous settings. A bad configuration changes nothing. */
    @Modified
    void configure(FilesConfiguration configuration) {
        try {
            files = files(configuration);
            problems = List.of();
        } catch (IllegalArgumentException e) {
            String problem = "pollux.http.files: the previous values stay in force, because " + e.getMessage();
            LOG.error(problem);
            problems = List.of(problem);
        }
    }

    /** The part of the configuration that is not in force. */
    @Override
    public List<String> get() {
        return problems;
    }

    private StaticFiles files(FilesConfiguration configuration) {
        FilesSettings settings = ConfiguredFiles.of(configuration, home);
        if (!Files.isDirectory(settings.folder())) {
            LOG.warn("{} is not a folder now. Requests for its files get 404 until it is one again", settings.folder());
        }
        return new StaticFiles(settings);
    }

    @Override
    public void handle(Request request, Response response) throws IOException {
        files.handle(request, response);
    }
}

package org.pollux.http.server.osgi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.pollux.http.ErrorPage;
import org.pollux.http.server.routing.ErrorPages;
import org.pollux.http.server.routing.Precedence;
import org.pollux.http.server.settings.Mount;

/** Reads the service properties of a handler, a filter or an error page. Their names are those of {@code org.pollux.http}. */
final class ServiceProperties {

    /** The id of the bundle on whose behalf another bundle has registered this service. */
    static final String ON_BEHALF_OF = "pollux.http.bundle";

    private ServiceProperties() {}

    /** The name by which a filter can be demanded; empty when it has none. */
    static String name(ServiceReference<?> service) {
        Object name = service.getProperty("name");
        return name == null ? "" : name.toString().strip();
    }

    /** The names of the filters without which a handler must not be called. */
    static List<String> requires(ServiceReference<?> service) {
        return texts(service.getProperty("requires"));
    }

    /**
     * The place of the service.
     *
     * @param problems receives the bad properties; the others are used
     */
    static Mount mount(ServiceReference<?> service, Consumer<String> problems) {
        List<String> paths = texts(service.getProperty("path"));
        if (paths.isEmpty()) {
            problems.accept("it has no path");
        }
        List<String> methods = valid(
                texts(service.getProperty("methods")),
                problems,
                method -> Mount.at().methods(method));
        Mount mount = new Mount(
                valid(paths, problems, Mount::at),
                methods,
                texts(service.getProperty("host")),
                isTrue(service.getProperty("blocking")));
        return isTrue(service.getProperty("subpaths")) ? mount.subpaths() : mount;
    }

    /**
     * The error page with its place and statuses.
     *
     * @throws IllegalArgumentException saying what is wrong, because a page for some paths must not be used for all
     */
    static ErrorPages.Page errorPage(ErrorPage page, ServiceReference<?> service) {
        Mount mount = Mount.at(texts(service.getProperty("path")).toArray(String[]::new))
                .hosts(texts(service.getProperty("host")).toArray(String[]::new));
        Set<Integer> statuses = texts(service.getProperty("status")).stream()
                .map(ServiceProperties::status)
                .collect(Collectors.toUnmodifiableSet());
        boolean below = isTrue(service.getProperty("subpaths"));
        return new ErrorPages.Page(page, below ? mount.subpaths() : mount, statuses);
    }

    private static int status(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a status: write it as 404", e);
        }
    }

    private interface Check {
        Mount of(String text);
    }

    private static List<String> valid(List<String> texts, Consumer<String> problems, Check check) {
        List<String> valid = new ArrayList<>();
        for (String text : texts) {
            try {
                Mount _ = check.of(text);
                valid.add(text);
            } catch (IllegalArgumentException e) {
                problems.accept(String.valueOf(e.getMessage()));
            }
        }
        return valid;
    }

    static Precedence precedence(ServiceReference<?> service) {
        int ranking = service.getProperty(Constants.SERVICE_RANKING) instanceof Integer value ? value : 0;
        return new Precedence(ranking, (Long) service.getProperty(Constants.SERVICE_ID));
    }

    /** A text, an array or a collection; one text may list several, separated by commas. */
    private static List<String> texts(@Nullable Object property) {
        Stream<?> values = switch (property) {
            case null -> Stream.of();
            case Object[] array -> Stream.of(array);
            case int[] numbers -> IntStream.of(numbers).boxed();
            case Collection<?> collection -> collection.stream();
            default -> Stream.of(property);
        };
        return values.flatMap(value -> Stream.of(value.toString().split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Accepts a text too, because configuration files have texts. */
    private static boolean isTrue(@Nullable Object property) {
        return property != null && Boolean.parseBoolean(property.toString());
    }
}

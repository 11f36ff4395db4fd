package org.pollux.http.filters;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.Header;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Security headers, while a configuration {@code pollux.http.headers} exists. */
@Component(
        service = {HttpFilter.class, Supplier.class},
        property = "pollux.faults=pollux.http.headers",
        configurationPid = "pollux.http.headers",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SecurityHeadersConfiguration.class, factory = true)
@Path("/*")
@ServiceRanking(Ranking.SECURITY_HEADERS)
public final class SecurityHeadersComponent implements HttpFilter, Supplier<List<String>> {

    private volatile SecurityHeadersFilter filter;
    private volatile List<String> problems = List.of();

    @Activate
    public SecurityHeadersComponent(SecurityHeadersConfiguration configuration) {
        filter = filter(configuration);
    }

    @Modified
    void configure(SecurityHeadersConfiguration configuration) {
        problems = Configured.change("pollux.http.headers", () -> filter = filter(configuration));
    }

    /** The part of the configuration that is not in force. */
    @Override
    public List<String> get() {
        return problems;
    }

    /** A policy may have commas, at which a file is split. */
    private static SecurityHeadersFilter filter(SecurityHeadersConfiguration from) {
        return new SecurityHeadersFilter(Stream.of(
                        field("contentTypeOptions", "X-Content-Type-Options", from.contentTypeOptions()),
                        field("frameOptions", "X-Frame-Options", from.frameOptions()),
                        field("referrerPolicy", "Referrer-Policy", from.referrerPolicy()),
                        field("openerPolicy", "Cross-Origin-Opener-Policy", from.openerPolicy()),
                        field("resourcePolicy", "Cross-Origin-Resource-Policy", from.resourcePolicy()),
                        field("contentSecurityPolicy", "Content-Security-Policy", from.contentSecurityPolicy()),
                        field("permissionsPolicy", "Permissions-Policy", from.permissionsPolicy()))
                .flatMap(Optional::stream)
                .toList());
    }

    private static Optional<Header> field(String key, String name, String... values) {
        String value = String.join(", ", values).strip();
        if (!value.isEmpty() && !SecurityHeadersFilter.isValue(value)) {
            throw new IllegalArgumentException(key + " = " + SecurityHeadersFilter.shown(value)
                    + " cannot be the value of a field: use visible ASCII characters in one line");
        }
        return value.isEmpty() ? Optional.empty() : Optional.of(new Header(name, value));
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        filter.filter(request, response, next);
    }
}

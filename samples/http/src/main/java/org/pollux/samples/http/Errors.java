package org.pollux.samples.http;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.ErrorBody;
import org.pollux.http.ErrorPage;
import org.pollux.http.Request;
import org.pollux.http.Status;

/** Shows the missing path on a page for people. Everything from the request is escaped. */
@Component(configurationPid = "pollux.samples.errors")
@Designate(ocd = ErrorsConfiguration.class)
@Status({404, 410})
public final class Errors implements ErrorPage {

    @Override
    public ErrorBody body(int status, @Nullable Request request) {
        String path = request == null ? "this address" : escaped(request.path());
        return ErrorBody.html("""
                <!DOCTYPE html>
                <html lang="en">
                <meta charset="utf-8">
                <title>%1$d</title>
                <h1>%1$d</h1>
                <p>There is nothing at %2$s. <a href="/">Begin at the front.</a>
                </html>
                """.formatted(status, path));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Lets a change of the properties keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}

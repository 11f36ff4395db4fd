package org.pollux.samples.http;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.ErrorBody;
import org.pollux.http.ErrorPage;
import org.pollux.http.Request;
import org.pollux.http.Status;

/** Says what is missing as a page for people. Everything of the request that it shows is escaped. */
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

    /** With this method other properties change the service; without it, it would end and begin anew. */
    @Modified
    void modified() {}
}

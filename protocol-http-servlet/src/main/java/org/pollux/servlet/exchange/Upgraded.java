package org.pollux.servlet.exchange;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.util.Optional;
import org.pollux.http.ResponseStream;
import org.pollux.servlet.body.ServletInput;
import org.pollux.servlet.body.ServletOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that continues with another protocol (Servlet 6.1, section 2.3.3.5). It is a request of the container until it
 * ends.
 */
final class Upgraded implements WebConnection {

    private static final Logger LOG = LoggerFactory.getLogger(Upgraded.class);

    private final Cycle cycle;
    private final Upgrades.Upgrade upgrade;
    private final HttpUpgradeHandler handler;
    private final ResponseStream stream;
    private final ServletInput input;
    private final ServletOutput output;

    Upgraded(Cycle cycle, Upgrades.Upgrade upgrade) {
        this.cycle = cycle;
        this.upgrade = upgrade;
        handler = upgrade.handler;
        String protocol = Optional.ofNullable(cycle.response().getHeader("Upgrade"))
                .or(() -> Optional.ofNullable(cycle.request().getHeader("Upgrade")))
                .orElse("");
        stream = cycle.response().upgrade(protocol);
        input = ServletInput.ofUpgraded(cycle.request().request.body(), cycle.callbacks());
        output = new ServletOutput(() -> stream, cycle.callbacks());
    }

    void begin() {
        stream.onClosed(() -> cycle.container().threads().execute(this::ended));
        upgrade.begun(stream);
        cycle.callbacks().open();
        cycle.container().threads().execute(this::init);
    }

    private void ended() {
        try {
            handler.destroy();
        } catch (RuntimeException | Error e) {
            LOG.error("The handler of an upgrade failed: {}", handler, e);
        } finally {
            cycle.end();
        }
    }

    private void init() {
        try {
            handler.init(this);
        } catch (RuntimeException | Error e) {
            LOG.error("The handler of an upgrade failed: {}", handler, e);
            stream.abort();
        }
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    @Override
    public void close() {
        stream.close();
    }
}

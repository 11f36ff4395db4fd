package org.pollux.reactor.server.osgi;

import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.reactor.server.PolluxServer;

/** The command {@code pollux:tls} for the shell. */
@Component(
        service = TlsCommands.class,
        property = {
            "osgi.command.scope=pollux",
            "osgi.command.function=tls",
            "pollux.command=tls {engines} self-signed: engines, certificates, expiry, handshakes; change the engine; tls self-signed NAME"
        })
public final class TlsCommands {

    private final PolluxServer server;

    @Activate
    public TlsCommands(@Reference RuntimeComponent runtime) {
        this.server = runtime.server();
    }

    /** Prints the engines, the certificates in force, and what was counted. */
    public void tls() {
        System.out.print(server.describeTls());
    }

    /**
     * Lets another engine encrypt new connections.
     *
     * @throws RuntimeException when it cannot, with the reason
     */
    public void tls(String engine) {
        System.out.println(server.exchangeTls(engine));
    }

    /**
     * {@code pollux:tls self-signed NAME} makes a certificate for a trial.
     *
     * @throws RuntimeException when it cannot, with the reason
     */
    public void tls(String action, String name) throws IOException {
        if (!action.equals("self-signed")) {
            throw new IllegalArgumentException(
                    "'" + action + "' is not known: write tls, tls ENGINE, or tls self-signed NAME");
        }
        System.out.println(
                server.makeCertificate(name) + " is in force for tls:// endpoints. No client trusts it by itself: give"
                        + " it to yours, as in curl --cacert FILE");
    }
}

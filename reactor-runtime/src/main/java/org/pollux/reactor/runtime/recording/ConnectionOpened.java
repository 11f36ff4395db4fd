package org.pollux.reactor.runtime.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A connection is open: its handshakes are done. For the loop's thread. */
@Name("org.pollux.ConnectionOpened")
@Label("Connection Opened")
@Description("A connection is open, and its handshakes are done")
@Category({"Pollux", "Connections"})
@StackTrace(false)
public final class ConnectionOpened extends Event {

    private static final ConnectionOpened PROBE = new ConnectionOpened();

    @Label("Connection")
    @Description("Its number in 'pollux connections'")
    long connection;

    @Label("Local Address")
    String local = "";

    @Label("Remote Address")
    String remote = "";

    private ConnectionOpened() {}

    /** A connection by its number, with its addresses. */
    public static void record(long connection, Object local, Object remote) {
        if (PROBE.isEnabled()) {
            ConnectionOpened event = new ConnectionOpened();
            event.connection = connection;
            event.local = local.toString();
            event.remote = remote.toString();
            event.commit();
        }
    }
}

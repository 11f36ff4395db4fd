package org.pollux.reactor.runtime.recording;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A connection has ended. For the loop's thread. */
@Name("org.pollux.ConnectionClosed")
@Label("Connection Closed")
@Description("A connection has ended")
@Category({"Pollux", "Connections"})
@StackTrace(false)
public final class ConnectionClosed extends Event {

    private static final ConnectionClosed PROBE = new ConnectionClosed();

    @Label("Connection")
    @Description("Its number in 'pollux connections'")
    long connection;

    @Label("Remote Address")
    String remote = "";

    @Label("Cause")
    @Description("As in the numbers of its endpoint: client, server, lost, timeout, handshake, aborted, memory, fault")
    String cause = "";

    @Label("Age")
    @Timespan
    long age;

    @Label("Bytes Read")
    @DataAmount
    long bytesRead;

    @Label("Bytes Written")
    @DataAmount
    long bytesWritten;

    private ConnectionClosed() {}

    /** Whether a recording wants it: ask before its values are made. */
    public static boolean isWanted() {
        return PROBE.isEnabled();
    }

    /** A connection by its number, with its age in nanoseconds. */
    public static void record(
            long connection, Object remote, String cause, long age, long bytesRead, long bytesWritten) {
        ConnectionClosed event = new ConnectionClosed();
        event.connection = connection;
        event.remote = remote.toString();
        event.cause = cause;
        event.age = age;
        event.bytesRead = bytesRead;
        event.bytesWritten = bytesWritten;
        event.commit();
    }
}

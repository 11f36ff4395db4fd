package org.pollux.reactor.runtime.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A handshake of a connection's stages: TLS, the PROXY protocol. For the loop's thread. */
@Name("org.pollux.Handshake")
@Label("Handshake")
@Description("A handshake of TLS, or of the PROXY protocol")
@Category({"Pollux", "Connections"})
@StackTrace(false)
public final class Handshake extends Event {

    private static final Handshake PROBE = new Handshake();

    @Label("Connection")
    @Description("Its number in 'pollux connections'")
    long connection;

    @Label("Stages")
    String stages = "";

    @Label("Remote Address")
    String remote = "";

    @Label("Failure")
    @Description("Null when it was done")
    @Nullable
    String failure;

    private Handshake() {}

    /** One that begins now; null when no recording wants it. */
    public static @Nullable Handshake begun() {
        if (!PROBE.isEnabled()) {
            return null;
        }
        Handshake event = new Handshake();
        event.begin();
        return event;
    }

    /**
     * It is over.
     *
     * @param cause null when it was done
     */
    public void over(long connection, String stages, Object remote, @Nullable Throwable cause) {
        this.connection = connection;
        this.stages = stages;
        this.remote = remote.toString();
        this.failure = cause == null ? null : cause.toString();
        commit();
    }
}

package org.pollux.reactor.runtime.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** New connections get another TLS engine, or another version of it. */
@Name("org.pollux.TlsEngineExchange")
@Label("TLS Engine Exchange")
@Description("New connections get another TLS engine, or another version of it")
@Category({"Pollux", "Server"})
@StackTrace(false)
public final class TlsEngineExchange extends Event {

    private static final TlsEngineExchange PROBE = new TlsEngineExchange();

    @Label("From")
    String from = "";

    @Label("To")
    String to = "";

    private TlsEngineExchange() {}

    /** The names of both. */
    public static void record(String from, String to) {
        if (PROBE.isEnabled()) {
            TlsEngineExchange event = new TlsEngineExchange();
            event.from = from;
            event.to = to;
            event.commit();
        }
    }
}

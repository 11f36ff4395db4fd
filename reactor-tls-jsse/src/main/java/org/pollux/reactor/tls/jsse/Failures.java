package org.pollux.reactor.tls.jsse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsException.Reason;

/** Finds the reason of an exception of the JDK, which has only a text: {@code (name of an alert) sentence}. */
final class Failures {

    /** The second form is a cause: a client that refuses a certificate of TLS 1.3 may send its alert in the clear. */
    private static final Pattern RECEIVED =
            Pattern.compile("(?:Received fatal alert|plaintext alert received: Level: fatal; Alert): (\\w+)");

    private static final Pattern SENT = Pattern.compile("^\\((\\w+)\\)");

    /** The JDK has one alert for these, and for faults of the peer. */
    private static final Pattern NOTHING_IN_COMMON = Pattern.compile(
            "in common|No supported signature algorithm|No available authentication scheme|No X.509 certificate");

    private Failures() {}

    /**
     * The failure that an exception tells.
     *
     * @param open whether the handshake was done
     */
    static TlsException of(Exception thrown, boolean open) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof PeerFault fault) {
                return new TlsException(fault.reason(), String.valueOf(fault.getMessage()), thrown);
            }
            Matcher received = RECEIVED.matcher(String.valueOf(e.getMessage()));
            if (received.find()) {
                String alert = received.group(1);
                return new TlsException(received(alert), "The peer has sent the alert " + alert, thrown);
            }
        }
        String text = String.valueOf(thrown.getMessage());
        Matcher sent = SENT.matcher(text);
        Reason reason = sent(text, sent.find() ? sent.group(1) : null);
        return new TlsException(open && reason == Reason.NOT_TLS ? Reason.PROTOCOL : reason, text, thrown);
    }

    private static Reason received(String alert) {
        return switch (alert) {
            case "protocol_version" -> Reason.VERSION;
            case "no_application_protocol" -> Reason.ALPN;
            case "insufficient_security" -> Reason.NO_COMMON_CIPHER;
            case "bad_certificate",
                    "unsupported_certificate",
                    "certificate_revoked",
                    "certificate_expired",
                    "certificate_unknown",
                    "certificate_required",
                    "unknown_ca" -> Reason.REFUSED_CERTIFICATE;
            default -> Reason.ALERT;
        };
    }

    private static Reason sent(String text, @Nullable String alert) {
        if (text.contains("recognized SSL message")) {
            return Reason.NOT_TLS;
        }
        if (text.contains("Empty client certificate chain")) {
            return Reason.NO_CERTIFICATE;
        }
        return switch (alert) {
            case "protocol_version" -> Reason.VERSION;
            case "no_application_protocol" -> Reason.ALPN;
            case "insufficient_security" -> Reason.NO_COMMON_CIPHER;
            case "handshake_failure" ->
                NOTHING_IN_COMMON.matcher(text).find() ? Reason.NO_COMMON_CIPHER : Reason.PROTOCOL;
            case "certificate_required" -> Reason.NO_CERTIFICATE;
            case "bad_certificate", "certificate_unknown", "unsupported_certificate" -> Reason.BAD_CERTIFICATE;
            case "internal_error" -> Reason.INTERNAL;
            case null, default -> Reason.PROTOCOL;
        };
    }
}

package org.pollux.reactor.tck.tls.broken;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.ClientAuth;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.Trust;

/** A mistake for each rule of {@link org.pollux.reactor.tls} that a test can see. */
public enum TlsFault {
    T1("all its contexts of servers are one and the same", BrokenEngines.OneForAll::new),
    T2("it ignores cipher suites that it does not know", BrokenEngines.Ignoring::new),
    T3(
            "it shows its first certificate to everybody",
            BrokenEngines.servers(settings ->
                    settings.withCertificates(List.of(settings.certificates().getFirst())))),
    T4("an update has no effect", BrokenEngines.NeverUpdating::new),
    T5(
            "it prefers the last one of the protocols",
            BrokenEngines.servers(
                    settings -> settings.withAlpn(() -> settings.alpn().get().reversed()))),
    T6(
            "it speaks every version that it can",
            BrokenEngines.servers(settings -> settings.withVersions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3))),
    T7(
            "it does without a certificate that is needed",
            BrokenEngines.servers(settings -> settings.clientAuth() == ClientAuth.NEEDED
                    ? settings.withClientAuth(ClientAuth.WANTED, settings.clientTrust())
                    : settings)),
    T8("it does not say that a session is resumed", sessions(BrokenSessions.Forgetful::new)),
    T9("it accepts every server", BrokenEngines.clients(settings -> settings.withTrust(Trust.anyone()))),
    T10("it offers no protocol", BrokenEngines.clients(settings -> settings.withAlpn(List.of()))),
    T11(
            "it loses a byte that comes alone",
            streams((opening, below) -> opening.open(new BrokenSessions.LosingSingleBytes(below)))),
    T12("it says READ when it cannot write", sessions(BrokenSessions.AlwaysReading::new)),
    T13("it uses its key without a word", sessions(BrokenSessions.Hasty::new)),
    T14("a read before the handshake finds nothing, and is not refused", sessions(BrokenSessions.Indulgent::new)),
    T15("it takes \"nothing now\" for the end of the stream", sessions(BrokenSessions.EndingEarly::new)),
    T16("it does not tell of decrypted bytes", sessions(BrokenSessions.Silent::new)),
    T17("it writes from the first buffer of the array on", sessions(BrokenSessions.IgnoringTheRange::new)),
    T18("it does not count what waits", sessions(BrokenSessions.Carefree::new)),
    T19("it keeps responses for a peer that does not read, without a limit", streams(BrokenSessions.Hoarding::new)),
    T20("its responses to the peer are lost", streams(BrokenSessions.Deaf::new)),
    T21("it ends without close_notify", sessions(BrokenSessions.EndingWithoutAWord::new)),
    T22("it takes a truncation for the end", sessions(BrokenSessions.Trusting::new)),
    T23("it has one reason for every failure", sessions(BrokenSessions.Vague::new)),
    T24("it wraps the exceptions of the stream below", sessions(BrokenSessions.Wrapping::new)),
    T25("it says goodbye when it is freed", sessions(BrokenSessions.Polite::new)),
    T26("it loses what waits when it is given away", BrokenEngines.Losing::new);

    private final String mistake;

    @SuppressWarnings("ImmutableEnumChecker") // it holds only references to constructors
    private final UnaryOperator<TlsEngine> breaker;

    TlsFault(String mistake, UnaryOperator<TlsEngine> breaker) {
        this.mistake = mistake;
        this.breaker = breaker;
    }

    /** The prefix of the names of all tests that check the rule: {@code "t06_"}. */
    public String testPrefix() {
        return String.format(Locale.ROOT, "t%02d_", Integer.parseInt(name().substring(1)));
    }

    /** An engine that works except for this fault. */
    public TlsEngine in(TlsEngine sound) {
        return breaker.apply(sound);
    }

    /** The same wrapping without a fault. It passes, which shows that the tests do not catch the wrapping. */
    public static TlsEngine none(TlsEngine sound) {
        return new GivingEngine(new RelayEngine(sound));
    }

    private static UnaryOperator<TlsEngine> sessions(UnaryOperator<TlsSession> breaker) {
        return streams((opening, below) -> breaker.apply(opening.open(below)));
    }

    private static UnaryOperator<TlsEngine> streams(BiFunction<RelayEngine.Opening, CipherStream, TlsSession> breaker) {
        return sound -> new RelayEngine(sound) {
            @Override
            TlsSession open(Opening opening, CipherStream below) {
                return breaker.apply(opening, below);
            }
        };
    }

    @Override
    public String toString() {
        return name() + ": " + mistake;
    }
}

package org.pollux.reactor.tck.broken;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.tck.completion.CompletionBackend;

/** A mistake for each rule of the SPI. */
public enum Fault {
    P1("all its pollers are one and the same", BrokenPollers.OneForAll::new),
    P2("it makes a blocking channel non-blocking instead of refusing it", pollers(BrokenPollers.Unblocking::new)),
    P3("a second registration takes the place of the first", pollers(BrokenPollers.Replacing::new)),
    P4("what a callback adds takes part a poll too late", pollers(BrokenPollers.AddingLate::new)),
    P5("it tells of a readiness once, as if edge-triggered", registrations(BrokenRegistrations.EdgeTriggered::new)),
    P6("it tells of each direction in a call of its own", registrations(BrokenRegistrations.Splitting::new)),
    P7("it tells what it collected, though the interest has changed", pollers(CollectingPoller::withStaleInterest)),
    P8("it takes the end of a connect for READ", registrations(BrokenRegistrations.ConnectAsRead::new)),
    P9("it does not tell of the end of a stream", registrations(BrokenRegistrations.HidingTheEnd::new)),
    P10("it rounds timeouts down to milliseconds", pollers(BrokenPollers.RoundingDown::new)),
    P11("it does not wait when the thread is interrupted", pollers(BrokenPollers.Impatient::new)),
    P12("it swallows what a source throws", registrations(BrokenRegistrations.Swallowing::new)),
    P13("a poll inside a callback finds nothing, and is not refused", pollers(BrokenPollers.Nesting::new)),
    P14("it closes the channels together with itself", pollers(BrokenPollers.ClosingChannels::new)),
    P15("an interest is only ever widened", registrations(BrokenRegistrations.Widening::new)),
    P16("it tells what it collected, though the source was removed", pollers(CollectingPoller::withRemovedSources)),
    P17("its table keeps the old source of a number used again", pollers(BrokenPollers.KeepingSlots::new)),
    P18("it fails when a registered channel is closed", pollers(BrokenPollers.FailingOnClosed::new)),
    P19("it takes \"nothing now\" for the end of the stream", registrations(BrokenRegistrations.EndingEarly::new)),
    P20("it writes from the first buffer of the array on", registrations(BrokenRegistrations.IgnoringTheRange::new)),
    P21("it reads ahead, and loses that when it is removed", registrations(BrokenRegistrations.Losing::new)),
    P22("it sends a file from where that was read last", registrations(BrokenRegistrations.SendingFromItsPlace::new)),
    P23("it refuses a stream that another poller still has", pollers(BrokenStreams.Jealous::new)),
    P24("it receives from a stream as soon as that is added", pollers(BrokenStreams.Hasty::new)),
    P25(
            "it hands out what the system has before what it received",
            registrations(BrokenRegistrations.NewestFirst::new)),
    P26("it keeps the caller's buffers to send them later", pollers(BrokenStreams.KeepingBuffers::new)),
    P27("its FIN overtakes what was written", completing(relaying(BrokenRegistrations.EndingAtOnce::new))),
    P28("it hands over nothing", completing(BrokenStreams.KeepingAll::new)),
    P29("it keeps a failure to itself", completing(BrokenStreams.Silent::new));

    private final String mistake;

    @SuppressWarnings("ImmutableEnumChecker") // it holds only references to constructors
    private final UnaryOperator<Backend> breaker;

    Fault(String mistake, UnaryOperator<Backend> breaker) {
        this.mistake = mistake;
        this.breaker = breaker;
    }

    /** The prefix of the names of all tests that check the rule: {@code "p16_"}. */
    public String testPrefix() {
        return name().toLowerCase(Locale.ROOT) + "_";
    }

    /** A backend that works except for this fault. */
    public Backend in(Backend sound) {
        return breaker.apply(sound);
    }

    /** The same wrapping without a fault. It passes, which shows that the tests do not catch the wrapping. */
    public static Backend none(Backend sound) {
        return pollers(CollectingPoller::faultless).apply(sound);
    }

    private static UnaryOperator<Backend> pollers(UnaryOperator<Poller> wrapper) {
        return sound -> new RelayBackend(sound, wrapper);
    }

    private static UnaryOperator<Backend> registrations(Function<Source, Relay> relays) {
        return pollers(relaying(relays));
    }

    private static UnaryOperator<Poller> relaying(Function<Source, Relay> relays) {
        return sound -> new RelayPoller(sound, relays);
    }

    /** Around a poller that receives ahead and sends later. */
    private static UnaryOperator<Backend> completing(UnaryOperator<Poller> wrapper) {
        return sound -> pollers(wrapper).apply(new CompletionBackend(sound));
    }

    @Override
    public String toString() {
        return name() + ": " + mistake;
    }
}

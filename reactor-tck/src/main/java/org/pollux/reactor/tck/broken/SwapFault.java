package org.pollux.reactor.tck.broken;

import static org.pollux.reactor.tck.broken.BrokenSwaps.completing;
import static org.pollux.reactor.tck.broken.BrokenSwaps.disturbing;
import static org.pollux.reactor.tck.broken.BrokenSwaps.opening;
import static org.pollux.reactor.tck.broken.ForgetfulPoller.forgetting;
import static org.pollux.reactor.tck.broken.ForgetfulPoller.mistaking;

import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.UnaryOperator;
import org.pollux.reactor.Interest;
import org.pollux.reactor.testkit.SwappableReactor;

/** Mistakes that a swap can make, each with the test of {@link org.pollux.reactor.tck.SwapContract} that catches it. */
public enum SwapFault {
    FORGETS_STREAMS(
            "case47_bytesUnreadInTheKernel",
            opening(forgetting(channel -> channel instanceof SocketChannel stream && stream.isConnected()))),
    FORGETS_WHO_WANTS_TO_WRITE(
            "case47_bytesUnsentInTheQueueGoOutWithTheNextPollerAlone",
            opening(mistaking(interest -> interest.and(Interest.READ)))),
    FORGETS_WHO_PAUSES("case47_aPausedReaderStaysPaused", opening(mistaking(interest -> interest.or(Interest.READ)))),
    FORGETS_WHO_HAS_ENDED(
            "case47_aStreamHalfClosedByThePeer", opening(mistaking(interest -> interest.or(Interest.READ)))),
    FORGETS_CONNECTS(
            "case47_aConnectUnderWaySucceedsOnce",
            opening(forgetting(channel -> channel instanceof SocketChannel stream && stream.isConnectionPending()))),
    FORGETS_LISTENERS("case47_aListenersBacklog", opening(forgetting(ServerSocketChannel.class::isInstance))),
    FORGETS_DATAGRAMS("case47_datagramsThatWait", opening(forgetting(DatagramChannel.class::isInstance))),
    LOSES_WHAT_IT_READ_AHEAD(
            "case50_twentySwaps", opening(poller -> new RelayPoller(poller, BrokenRegistrations.Losing::new))),
    KEEPS_WHAT_IT_RECEIVED_AHEAD("case50_aHundredStreams", completing(BrokenStreams.KeepingAll::new)),
    LOSES_WHAT_IT_HAS_NOT_SENT("case47_whatThePeerDoesNotTakeYet", completing(BrokenStreams.KeepingUnsent::new)),
    CLOSES_THE_CHANNELS("case50_twentySwaps", opening(BrokenPollers.ClosingChannels::new)),

    WATCHES_FOR_EVERYTHING("case48_theInterestOfEverySource", opening(mistaking(interest -> Interest.READ_WRITE))),
    WATCHES_FOR_NOTHING("case48_theInterestOfEverySource", opening(mistaking(interest -> Interest.NONE))),
    MISCOUNTS("case48_theInterestOfEverySource", BrokenSwaps::miscounting),
    TELLS_TWICE(
            "case48_theInterestOfEverySource", opening(poller -> new RelayPoller(poller, ForgetfulPoller.Twice::new))),
    FORGETS_A_SOURCE(
            "case48_aClosedWatchIsNotReportedAndTheOthersAre", opening(ForgetfulPoller::forgettingTheFiftieth)),
    IGNORES_CHANGES(
            "case48_aChangeOfInterest", opening(poller -> new RelayPoller(poller, ForgetfulPoller.Unchanging::new))),
    REPEATS_ONE_SHOTS("case48_aOneShotWatch", disturbing(BrokenReactors.RepeatingOneShots::new)),
    RESTARTS_TIMERS("case48_timersKeep", disturbing(BrokenReactors.RestartingTimers::new)),

    HIDES_FAILURES("case49_aBackendThatOpensNoPoller", BrokenSwaps::hidingFailures),
    STAYS_HALFWAY("case49_aPollerThatRefusesASource", BrokenSwaps::stayingHalfway),
    KEEPS_THE_HALF_FILLED_POLLER("case49_aPollerThatRefusesASource", opening(ForgetfulPoller.NeverClosed::new)),

    KEEPS_THE_OLD_POLLER("case50_everyPollerButTheOneThatPolls", opening(ForgetfulPoller.NeverClosed::new)),
    DOES_NOTHING("case50_everyPollerButTheOneThatPolls", BrokenSwaps::doingNothing),
    POSTPONES_INSTEAD_OF_REFUSING("case50_aSwapInsideACallbackOfAChannel", BrokenSwaps::postponing),
    REFUSES_IN_TIMERS("case50_aSwapInsideATimer", BrokenSwaps::refusingInTheLoop),
    REFUSES_IN_TASKS("case50_swapsAskedForOneBehindTheOther", BrokenSwaps::refusingInTheLoop);

    private final String caughtBy;

    @SuppressWarnings("ImmutableEnumChecker") // it holds only references to functions
    private final UnaryOperator<SwappableReactor> breaker;

    SwapFault(String caughtBy, UnaryOperator<SwappableReactor> breaker) {
        this.caughtBy = caughtBy;
        this.breaker = breaker;
    }

    /** The prefix of the name of the test that catches it. */
    public String caughtBy() {
        return caughtBy;
    }

    /** A reactor that works except for this fault. */
    public SwappableReactor in(SwappableReactor sound) {
        return breaker.apply(sound);
    }

    /** The same wrapping without a fault. It passes, which shows that the tests do not catch the wrapping. */
    public static SwappableReactor none(SwappableReactor sound) {
        return opening(forgetting(channel -> false)).apply(sound);
    }
}

package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.tck.completion.CompletionBackend;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.SwappableReactor.Swap;

/** The faults in the swap itself, and the wrapping for the others; {@link SwapFault} names them. */
final class BrokenSwaps {

    private BrokenSwaps() {}

    private static SwappableReactor swapping(SwappableReactor sound, Swap swap) {
        return new SwappableReactor(sound.reactor(), sound.turning(), swap);
    }

    /** Every poller that a swap opens is wrapped; the first one of the reactor works. */
    static UnaryOperator<SwappableReactor> opening(UnaryOperator<Poller> wrapper) {
        return sound -> swapping(sound, next -> sound.moveTo(new RelayBackend(next, wrapper)));
    }

    /** The same for pollers that receive ahead and send later. */
    static UnaryOperator<SwappableReactor> completing(UnaryOperator<Poller> wrapper) {
        return sound -> swapping(sound, next -> sound.moveTo(new RelayBackend(new CompletionBackend(next), wrapper)));
    }

    /** The reactor itself makes a mistake after the swap. */
    static UnaryOperator<SwappableReactor> disturbing(Function<Reactor, BrokenReactors.Disturbed> breaker) {
        return sound -> {
            var disturbed = breaker.apply(sound.reactor());
            return new SwappableReactor(disturbed, sound.turning(), next -> {
                int moved = sound.moveTo(next);
                disturbed.afterTheSwap();
                return moved;
            });
        };
    }

    static SwappableReactor doingNothing(SwappableReactor sound) {
        return swapping(sound, next -> {
            next.open().close();
            return 0;
        });
    }

    static SwappableReactor miscounting(SwappableReactor sound) {
        return swapping(sound, next -> sound.moveTo(next) + 1);
    }

    static SwappableReactor hidingFailures(SwappableReactor sound) {
        return swapping(sound, next -> {
            try {
                return sound.moveTo(next);
            } catch (IOException | IllegalArgumentException hidden) {
                return 0; // that is the fault
            }
        });
    }

    static SwappableReactor stayingHalfway(SwappableReactor sound) {
        return swapping(sound, next -> {
            try {
                return sound.moveTo(next);
            } catch (IOException | IllegalArgumentException failure) {
                var halfFilled = ForgetfulPoller.forgetting(channel -> channel instanceof Pipe.SourceChannel);
                sound.moveTo(new RelayBackend(((RefusingBackend) next).sound(), halfFilled));
                throw failure;
            }
        });
    }

    static SwappableReactor postponing(SwappableReactor sound) {
        return swapping(sound, next -> {
            try {
                return sound.moveTo(next);
            } catch (IllegalStateException refused) {
                sound.reactor().execute(() -> move(sound, next));
                return 0;
            }
        });
    }

    private static void move(SwappableReactor reactor, Backend next) {
        try {
            reactor.moveTo(next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SwappableReactor refusingInTheLoop(SwappableReactor sound) {
        return swapping(sound, next -> {
            if (sound.reactor().inLoop()) {
                throw new IllegalStateException("Inside a turn: post a task");
            }
            return sound.moveTo(next);
        });
    }
}

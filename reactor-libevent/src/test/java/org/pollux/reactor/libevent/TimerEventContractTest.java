package org.pollux.reactor.libevent;

import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.PollerContract;

/** The contract once more, with the alarm of systems that have no timerfd. */
class TimerEventContractTest extends PollerContract {

    @Override
    protected Backend backend() {
        return new LibeventBackend(AlarmKind.TIMER_EVENT);
    }
}

package org.pollux.http.server.memory;

import org.pollux.http.server.contract.ExchangeContract;
import org.pollux.http.server.contract.Wire;

/** What an exchange promises holds over a wire that carries many exchanges at a time. */
class MemoryExchangeTest extends ExchangeContract {

    @Override
    protected Wire open() {
        return new MemoryWire(MemoryStream::new);
    }
}

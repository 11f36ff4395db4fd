package org.pollux.http.server.h2;

import org.junit.jupiter.api.Nested;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.contract.ExchangeContract;
import org.pollux.http.server.contract.Wire;

/** What an exchange promises holds over HTTP/2, for clients that take all at once and for those that open their windows. */
class Http2ExchangeTest {

    @Nested
    class WithWideWindows extends ExchangeContract {

        @Override
        protected Wire open() {
            return new Http2Wire(new HandServer(), 100_000_000);
        }
    }

    @Nested
    class WithNarrowWindows extends ExchangeContract {

        @Override
        protected Wire open() {
            return new Http2Wire(new HandServer(), 70_000);
        }
    }
}

package org.pollux.http.server.h1;

import org.pollux.http.server.HandServer;
import org.pollux.http.server.contract.ExchangeContract;
import org.pollux.http.server.contract.Wire;

/** What an exchange promises holds over HTTP/1.1. */
class Http1ExchangeTest extends ExchangeContract {

    @Override
    protected Wire open() {
        return new Http1Wire(new HandServer());
    }
}

package org.pollux.reactor.tls.openssl;

import org.pollux.reactor.tck.tls.TlsEngineContract;
import org.pollux.reactor.tls.TlsEngine;

class OpenSslEngineContractTest extends TlsEngineContract {

    @Override
    protected TlsEngine engine() {
        return Peers.ENGINE;
    }
}

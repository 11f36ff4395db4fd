package org.pollux.reactor.tls.jsse;

import org.pollux.reactor.tck.tls.TlsEngineContract;
import org.pollux.reactor.tls.TlsEngine;

class JsseEngineContractTest extends TlsEngineContract {

    @Override
    protected TlsEngine engine() {
        return new JsseEngine();
    }
}

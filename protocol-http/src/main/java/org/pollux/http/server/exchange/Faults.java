package org.pollux.http.server.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.pollux.http.BodyHandler;
import org.pollux.http.ErrorBody;
import org.pollux.http.HttpException;
import org.pollux.http.Problem;
import org.pollux.http.server.limits.LimitKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an exchange that has failed: with an error page when nothing of the response was sent, otherwise by aborting the
 * response. Body handlers are called afterwards. For the loop's thread.
 */
final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private final Exchange exchange;

    Faults(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The handler, or an interceptor of its response, has thrown. */
    void handlerFailed(Throwable fault) {
        String line = exchange.line();
        if (!exchange.isResponding() && StreamOver.isCauseOf(fault)) {
            LOG.debug("{}: its handler used a stream that was over", line, fault);
        } else if (!exchange.isResponding()) {
            LOG.error("{}: its handler failed; it had responded already", line, fault);
        } else if (exchange.drop()) {
            int status = statusOf(line, fault);
            problem(fault);
            BodyHandler told = exchange.body().abandon(new IOException("The handler has failed"));
            respondInstead(status);
            InboundBody.tellFailed(told, fault);
        } else {
            LOG.error("{}: its handler failed in the middle of the response, which is aborted", line, fault);
            exchange.abort(fault);
        }
    }

    private static int statusOf(String line, Throwable fault) {
        if (fault instanceof HttpException error) {
            LOG.debug("{}: its handler responds with {}", line, error.status(), fault);
            return error.status();
        }
        LOG.error("{}: its handler failed; 500 is sent", line, fault);
        return 500;
    }

    /** Where the body of the response finds what the client is to be told. */
    private void problem(Throwable fault) {
        if (fault instanceof HttpException error) {
            error.problem().ifPresent(problem -> exchange.attribute(Problem.class, problem));
        }
    }

    /** The body cannot be read to its end. */
    void bodyFailed(int status, IOException cause) {
        LOG.debug("{}: the body of the request failed, {}", exchange.line(), status, cause);
        exchange.loop().counts().bodyRefused(status, exchange.body().hasTooManyFields());
        BodyHandler told = exchange.body().fail(cause);
        if (exchange.drop()) {
            respondInstead(status);
        } else {
            exchange.abort(cause);
        }
        InboundBody.tellFailed(told, cause);
    }

    void responseTimedOut(Duration timeout) {
        Throwable cause = new TimeoutException("The handler has not begun its response for " + timeout.toSeconds()
                + " s, which is the responseTimeout of pollux.http");
        LOG.warn("{}: {}; 503 is sent", exchange.line(), cause.getMessage());
        exchange.loop().counts().met(LimitKind.RESPONSE_TIME);
        BodyHandler told = exchange.body().abandon(cause);
        if (exchange.takeUnsent()) {
            respondInstead(503);
        } else {
            exchange.abort(cause);
        }
        InboundBody.tellFailed(told, cause);
    }

    /** Responds in place of a handler that has lost its response. */
    private void respondInstead(int status) {
        exchange.giveAway();
        ErrorBody page = exchange.resource().errorBody(status, exchange.request());
        OutgoingResponse own = exchange.loop().own();
        own.beginOwn(
                status,
                page.type(),
                exchange.response().isHeadOnly(),
                exchange.response().isOld());
        if (isNegotiated(page)) {
            own.add("Vary", "Accept");
        }
        ByteBuffer body = ByteBuffer.wrap(page.text().getBytes(UTF_8));
        exchange.sender().respondOwn(own, body);
    }

    /** Whether another client would get another type of the same error. */
    static boolean isNegotiated(ErrorBody page) {
        return page.type().equals("application/problem+json");
    }
}

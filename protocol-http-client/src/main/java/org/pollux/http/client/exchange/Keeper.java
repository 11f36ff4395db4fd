package org.pollux.http.client.exchange;

/** Keeps the connections of a client: calls ask it for one, and connections tell it what became of them. */
public interface Keeper {

    /** Finds a connection for the call, now or later. A call that was on a connection before comes before all others. */
    void submit(Call call);

    /** The call waits no more, if it did. */
    void forget(Call call);

    /** The connection can be used in a moment, unless bytes come on it: a call waits for it and does not open another. */
    void rest(Wire wire);

    /** The connection has room again. */
    void free(Wire wire);

    /** The connection must not be used again. */
    void left(Wire wire);

    /** Gives connections to calls that wait, as far as connections have room. */
    void dispatch();
}

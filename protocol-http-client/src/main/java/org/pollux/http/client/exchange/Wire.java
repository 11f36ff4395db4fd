package org.pollux.http.client.exchange;

/** An established connection on which calls are carried: one after the other, or many at a time. For the loop's thread. */
public interface Wire {

    Route route();

    /** Whether it carries several calls at a time, so that a second connection brings nothing while this one has room. */
    boolean isShared();

    /** Whether a stream of it can carry another protocol; see {@link Call#protocol}. */
    enum Tunnels {
        YES,
        NO,
        /** The server has not said it yet. */
        UNKNOWN
    }

    Tunnels tunnels();

    /** Whether a call may be started now. */
    boolean hasRoom();

    /** Whether no call is on it. */
    boolean isIdle();

    /** Carries the call from now on. There must be room, and {@link #tunnels} must not forbid it. */
    void start(Call call);

    /** Ends the connection while no call is on it. */
    void close();
}

package org.pollux.http.wire.frames;

/**
 * The octets of bodies that the peer may still send (RFC 9113, section 5.2), on a stream or on the whole connection. They
 * come back when they were consumed, in steps of half the window, so that not each frame costs another one.
 */
public final class InputWindow {

    private int size;
    private int left;
    private int owed;

    /** Begins with the whole window. */
    public void begin(int octets) {
        size = octets;
        left = octets;
        owed = 0;
    }

    /** The window has another size. Less than nothing is left if the peer has sent more than that. */
    public void resize(int octets) {
        left += octets - size;
        size = octets;
    }

    /** A frame has come. False when the peer has sent more than it may. */
    public boolean take(int octets) {
        left -= octets;
        return left >= 0;
    }

    /**
     * So many octets of it were consumed.
     *
     * @return how many the peer is to be told; 0 when that can wait
     */
    public int consumed(int octets) {
        owed += octets;
        if (owed < size / 2) {
            return 0;
        }
        int told = owed;
        left += told;
        owed = 0;
        return told;
    }
}

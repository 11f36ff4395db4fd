package org.pollux.http.wire.hpack;

/** Receives the fields of a head, one after the other, in the order in which the peer has sent them. */
@FunctionalInterface
public interface FieldSink {

    /**
     * A field: its name, and its value directly behind the name. They are valid during the call only.
     *
     * @param octets has the field somewhere; it must not be changed
     * @param from the start of the name
     * @param nameLength at least 0: nothing of a field is checked yet
     */
    void field(byte[] octets, int from, int nameLength, int valueLength);
}

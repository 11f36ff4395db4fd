package org.pollux.reactor.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The stream below a session: its encrypted bytes come from here and go here, and nowhere else. Called on the session's
 * thread, inside calls of the session only.
 */
@ProviderType
public interface CipherStream {

    /**
     * Reads what there is, up to the room in the buffer.
     *
     * @param target heap or direct; the session's own
     * @return bytes read; 0 when there are none now; -1 at the end of the stream
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Writes from several buffers, in order, and moves their positions by what it took.
     *
     * @param data heap or direct; the session may use their memory again when the call returns
     * @param from index of the first buffer
     * @param count how many buffers
     * @return bytes taken; fewer than all of them when there is no room now
     */
    long write(ByteBuffer[] data, int from, int count) throws IOException;
}

package org.pollux.http.wire.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.pollux.http.wire.Bytes;

class SessionMemoryTest {

    private final SessionMemory memory = new SessionMemory(6);

    @Test
    void whatComesBackIsLentAgainEmptyAndNotToTwo() {
        for (int octets : new int[] {0, 1, 512, 513, 65_536, 1 << 20}) {
            Bytes lent = memory.lend(octets).add(new byte[octets]);
            memory.giveBack(lent);
            Bytes again = memory.lend(octets);
            assertSame(lent, again, octets + " octets");
            assertEquals(0, again.size());
            assertNotSame(again, memory.lend(octets));
        }
    }

    @Test
    void theSmallestThatIsEnoughIsLent() {
        assertEquals(512, memory.lend(0).capacity());
        assertEquals(512, memory.lend(512).capacity());
        assertEquals(1024, memory.lend(513).capacity());
        assertEquals(65_536, memory.lend(65_536).capacity());
    }

    @Test
    void memoryThatHasGrownIsLentForWhatItCanHold() {
        Bytes grown = memory.lend(512).add(new byte[3000]);
        memory.giveBack(grown);
        assertSame(grown, memory.lend(2048));
        assertEquals(3000, grown.capacity());
    }

    @Test
    void moreThanALimitIsNotKept() {
        int most = SessionMemory.KEPT >> 20;
        Bytes[] lent = new Bytes[most + 1];
        for (int i = 0; i < lent.length; i++) {
            lent[i] = memory.lend(1 << 20);
        }
        for (Bytes one : lent) {
            memory.giveBack(one);
        }
        for (int i = most - 1; i >= 0; i--) {
            assertSame(lent[i], memory.lend(1 << 20));
        }
        assertNotSame(lent[most], memory.lend(1 << 20));
        Bytes large = memory.lend((1 << 20) + 1);
        memory.giveBack(large);
        assertNotSame(large, memory.lend((1 << 20) + 1));
    }

    @Test
    void aThreadHasMemoryForItsFrames() {
        Bytes first = memory.forFrame(100);
        Bytes second = memory.forFrame(100);
        assertNotSame(first, second);
        memory.sent(first.add((byte) 1));
        assertSame(first, memory.forFrame(4096));
        assertEquals(0, first.size());
        Bytes large = memory.forFrame(4097);
        memory.sent(large);
        assertSame(large, memory.forFrame(8192));
    }

    @Test
    void nothingIsKeptOnceItIsClosed() {
        Bytes lent = memory.lend(1024);
        Bytes kept = memory.lend(1024);
        memory.giveBack(kept);
        memory.close();
        memory.giveBack(lent);
        Bytes later = memory.lend(1024);
        assertNotSame(lent, later);
        assertNotSame(kept, later);
    }
}

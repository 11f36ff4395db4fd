package org.pollux.http.wire.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pollux.http.wire.Bytes;

class SessionMemoryTest {

    private final SessionMemory memory = new SessionMemory(6);
    private Set<Bytes> lent = Set.of();

    @Test
    void whatComesBackIsLentAgainEmptyAndNotToTwo() {
        for (int octets : new int[] {0, 1, 4096, 4097, 65_536, 1 << 20}) {
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
        assertEquals(4096, memory.lend(0).capacity());
        assertEquals(4096, memory.lend(4096).capacity());
        assertEquals(8192, memory.lend(4097).capacity());
        assertEquals(65_536, memory.lend(65_536).capacity());
        assertEquals(131_072, memory.lend(65_537).capacity());
    }

    @Test
    void memoryThatHasGrownIsLentForWhatItCanHold() {
        Bytes grown = memory.lend(4096).add(new byte[10_000]);
        memory.giveBack(grown);
        assertSame(grown, memory.lend(8192));
        assertEquals(10_000, grown.capacity());
    }

    @Test
    void whatWasNotLentIsNotKept() {
        memory.giveBack(new Bytes(10));
        assertEquals(4096, memory.lend(10).capacity());
    }

    @Test
    void moreThanALimitIsNotKept() {
        int most = (int) (SessionMemory.KEPT >> 20);
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
    void nothingIsKeptOnceItIsClosed() {
        Bytes lent = memory.lend(10_000);
        Bytes kept = memory.lend(10_000);
        Bytes small = memory.lend(1);
        Bytes lentSmall = memory.lend(1);
        memory.giveBack(kept);
        memory.giveBack(small);
        memory.close();
        memory.giveBack(lent);
        memory.giveBack(lentSmall);
        Bytes laterSmall = memory.lend(1);
        assertNotSame(small, laterSmall);
        assertNotSame(lentSmall, laterSmall);
        Bytes later = memory.lend(10_000);
        assertNotSame(lent, later);
        assertNotSame(kept, later);
    }

    @Test
    void aThreadHasAMessageItsCompressedFormAndAFrameAtOnce() {
        for (int round = 0; round < 3; round++) {
            Set<Bytes> before = lent;
            lent = Collections.newSetFromMap(new IdentityHashMap<>());
            for (int i = 0; i < 3; i++) {
                lent.add(memory.lend(100));
            }
            assertEquals(3, lent.size());
            assertTrue(round == 0 || lent.containsAll(before), "the same again");
            lent.forEach(memory::giveBack);
        }
    }
}

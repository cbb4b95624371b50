package io.tailrace.operators.pairing.waiting;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The two hash tables, against maps. */
class TablesTest {

    @Test
    void countsAreThoseOfAMap() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            TraceCounts counts = new TraceCounts();
            Map<Long, Integer> plain = new HashMap<>();
            long idle = counts.bytes();
            int ids = 1 << 2 + random.nextInt(14);
            // Of few different low bits, so that they fall on each other.
            int shift = random.nextInt(3) * 8;
            for (int i = 0; i < 50_000; i++) {
                long id = (long) random.nextInt(ids) << shift;
                int before = plain.getOrDefault(id, 0);
                int more = random.nextBoolean() ? 1 : -before;
                counts.add(id, more);
                plain.put(id, before + more);
                long other = (long) random.nextInt(ids) << shift;
                assertThat(counts.of(other)).isEqualTo(plain.getOrDefault(other, 0).longValue());
            }
            plain.forEach((id, count) -> counts.add(id, -count));
            assertThat(counts.size()).isZero();
            assertThat(counts.bytes()).isEqualTo(idle);
        }
    }

    @Test
    void callsAreThoseOfAMap() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            SideMemory memory = new SideMemory(true);
            SideSlice slice = new SideSlice(0);
            CallTable calls = new CallTable(memory);
            Map<Long, Integer> plain = new HashMap<>();
            Side side = new Side();
            long idle = calls.bytes();
            int ids = 1 << 2 + random.nextInt(13);
            int hashes = 1 << random.nextInt(16);
            for (int i = 0; i < 30_000; i++) {
                long id = 1L + random.nextInt(ids);
                int hash = (int) (id % hashes) * 4096;
                int place = calls.find(hash, 7, 8, id);
                assertThat(place < 0 ? null : (Integer) calls.first(place))
                        .isEqualTo(plain.get(id));
                if (place >= 0) {
                    calls.remove(place);
                    plain.remove(id);
                } else if (random.nextInt(3) > 0) {
                    SideBlock block = new SideBlock();
                    block.append(Side.CALLER, 7, 8, id, id, 0);
                    side.read(block.array(), 0);
                    int address = memory.add(slice, side);
                    calls.add(~place, hash, address);
                    plain.put(id, address);
                }
            }
            for (long id = 1; id <= ids; id++) {
                int place = calls.find((int) (id % hashes) * 4096, 7, 8, id);
                assertThat(place >= 0).isEqualTo(plain.containsKey(id));
                if (place >= 0) {
                    calls.remove(place);
                }
            }
            assertThat(calls.size()).isZero();
            assertThat(calls.bytes()).isLessThanOrEqualTo(16 * idle);
        }
    }
}

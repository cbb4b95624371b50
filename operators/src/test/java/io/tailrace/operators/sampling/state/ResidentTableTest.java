package io.tailrace.operators.sampling.state;

import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ResidentTableTest {

    /** Random ids, and such as someone counts up. */
    private static TraceId id(Random random, boolean counted) {
        return counted
                ? new TraceId(0, random.nextInt(6_000))
                : new TraceId(random.nextInt(60), random.nextLong() & 0x3f_0000_0000L);
    }

    @Test
    void holdsWhatAMapHolds() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            boolean counted = random.nextBoolean();
            ResidentTable table = new ResidentTable();
            Map<TraceId, ResidentTrace> map = new HashMap<>();
            List<ResidentTrace> list = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                // Grows to some thousands, and shrinks to nothing.
                boolean grows = i % 10_000 < 5_000;
                TraceId id = id(random, counted);
                assertThat(table.get(id)).isSameAs(map.get(id));
                if (random.nextInt(5) > 0 == grows) {
                    if (!map.containsKey(id)) {
                        ResidentTrace trace = new ResidentTrace(id);
                        table.add(trace);
                        map.put(id, trace);
                        list.add(trace);
                    }
                } else if (!list.isEmpty()) {
                    ResidentTrace gone = list.remove(random.nextInt(list.size()));
                    table.remove(gone);
                    map.remove(gone.id());
                }
                assertThat(table.size()).isEqualTo(map.size());
            }
            map.forEach((id, trace) -> assertThat(table.get(id)).isSameAs(trace));
        }
    }
}

package io.tailrace.operators.span.wire;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The numbers of traces, over requests of very different sizes. */
class TraceTableTest {

    private record Id(long high, long low) {}

    @Test
    void tracesAreNumberedByFirstSightWhateverCameBefore() {
        TraceTable table = new TraceTable();
        Random random = new Random(7);
        for (int size : new int[] {3, 100_000, 1, 0, 17, 200, 5_000, 2, 70, 400}) {
            table.clear();
            List<Id> seen = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Id id = new Id(random.nextInt(3), random.nextLong());
                seen.add(id);
                assertThat(table.number(id.high(), id.low())).isEqualTo(i);
            }
            assertThat(table.size()).isEqualTo(size);
            for (int i = 0; i < size; i++) {
                Id id = seen.get(i);
                assertThat(table.number(id.high(), id.low())).isEqualTo(i);
                assertThat(table.high(i)).isEqualTo(id.high());
                assertThat(table.low(i)).isEqualTo(id.low());
            }
        }
    }

    @Test
    void theSpansOfATraceAreLinkedFromTheLastToTheFirst() {
        TraceTable table = new TraceTable();
        int first = table.number(1, 1);
        int second = table.number(1, 2);
        assertThat(table.addSpan(first, 0)).isEqualTo(-1);
        assertThat(table.addSpan(second, 1)).isEqualTo(-1);
        assertThat(table.addSpan(first, 2)).isEqualTo(0);
        assertThat(table.lastSpan(first)).isEqualTo(2);
        assertThat(table.spans(first)).isEqualTo(2);
        assertThat(table.spans(second)).isEqualTo(1);
    }
}

package io.tailrace.operators.sampling.state;

import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineQueueTest {

    @Test
    void givesTheLeastDeadlineWhicheverWereSetMovedAndRemoved() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            DeadlineQueue queue = new DeadlineQueue();
            Map<ResidentTrace, Long> plain = new HashMap<>();
            ResidentTrace[] traces = new ResidentTrace[20];
            for (int i = 0; i < traces.length; i++) {
                traces[i] = new ResidentTrace(new TraceId(1, i));
            }
            for (int i = 0; i < 500; i++) {
                ResidentTrace trace = traces[random.nextInt(traces.length)];
                if (random.nextInt(3) > 0) {
                    long time = random.nextInt(12);
                    queue.set(trace, time);
                    plain.put(trace, time);
                } else if (plain.remove(trace) != null) {
                    queue.remove(trace);
                }
                long least =
                        plain.values().stream()
                                .mapToLong(time -> time)
                                .min()
                                .orElse(Long.MAX_VALUE);
                assertThat(queue.next()).isEqualTo(least);
                ResidentTrace first = queue.first();
                if (plain.isEmpty()) {
                    assertThat(first).isNull();
                } else {
                    assertThat(plain).containsEntry(first, least);
                    assertThat(first.due).isEqualTo(least);
                }
            }
        }
    }

    @Test
    void tellsWhichAreGivenNext() {
        Random random = new Random(5);
        DeadlineQueue queue = new DeadlineQueue();
        for (int i = 0; i < 100; i++) {
            queue.set(new ResidentTrace(new TraceId(1, i)), random.nextInt(20));
        }
        ResidentTrace[] told = new ResidentTrace[30];
        assertThat(queue.firsts(-1, told)).isZero();
        while (queue.next() <= 14) {
            int count = queue.firsts(14, told);
            assertThat(count).isPositive();
            for (int i = 0; i < count; i++) {
                assertThat(queue.first()).isSameAs(told[i]);
                queue.remove(told[i]);
            }
            assertThat(count == told.length || queue.next() > 14).isTrue();
        }
    }
}

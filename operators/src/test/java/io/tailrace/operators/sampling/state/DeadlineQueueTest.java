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
}

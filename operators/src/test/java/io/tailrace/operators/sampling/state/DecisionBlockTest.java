package io.tailrace.operators.sampling.state;

import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionBlockTest {

    @Test
    void whatComesLaterCounts() throws Exception {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            DecisionBlock block = new DecisionBlock();
            Map<TraceId, DecidedTrace> last = new HashMap<>();
            List<TraceId> decided = new ArrayList<>();
            for (int i = random.nextInt(200); i > 0; i--) {
                TraceId id = new TraceId(random.nextInt(3), random.nextInt(20));
                DecidedTrace then =
                        random.nextInt(4) == 0
                                ? null
                                : DecidedTracesTest.decided(id, i, i, 0, false);
                DecisionBlocks.append(block, id, then);
                last.put(id, then);
                if (then != null) {
                    decided.add(id);
                }
            }
            for (DecisionBlock each : List.of(block, block.trimmed())) {
                for (int i = 0; i < 60; i++) {
                    TraceId id = new TraceId(i % 3, i / 3);
                    int at = each.find(id);
                    assertThat(at >= 0).isEqualTo(last.containsKey(id));
                    assertThat(at < 0 ? null : each.read(at)).isEqualTo(last.get(id));
                }
                List<TraceId> ids = new ArrayList<>();
                each.forEach(ids::add);
                assertThat(ids).isEqualTo(decided);
            }
        }
    }
}

package io.tailrace.operators.sampling.bk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.operators.sampling.bk.BkCondition.Join;
import io.tailrace.operators.sampling.bk.BkCondition.Method;
import io.tailrace.operators.span.bkjson.RandomBkSpans;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class SpanMatcherAgainstPlainConditionsTest {

    private static final List<String> KEYS =
            List.of(
                    "elapsed_time",
                    "start_time",
                    "end_time",
                    "kind",
                    "span_name",
                    "parent_span_id",
                    "trace_state",
                    "status.code",
                    "status.message",
                    "attributes.http.status_code",
                    "attributes.error",
                    "attributes.retries",
                    "attributes.",
                    "attributes.absent",
                    "resource.service.name",
                    "resource.db.system",
                    "resource.k8s.pod.name",
                    "events.name",
                    "events.attributes.http.url",
                    "events.attributes.error");
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "GET /",
                    "订单",
                    "error",
                    "500",
                    "-1.5",
                    "true",
                    "false",
                    "2",
                    "[]",
                    "{}",
                    "5.25",
                    "vendor=1",
                    "-1.8446744073709552E19");
    private static final List<String> PATTERNS =
            List.of(
                    "",
                    ".*",
                    "GET.*",
                    "[0-9]+",
                    "err",
                    "e(rr|x)or",
                    "订.",
                    "tru",
                    "true|false",
                    "-?.");
    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "2",
                    "-1.5",
                    "500",
                    "5e2",
                    "1500000",
                    "1714564800500000",
                    "1e19",
                    "-1e300");

    @Test
    void sayTheSame() {
        Map<Method, Integer> matches = new EnumMap<>(Method.class);
        Map<Method, Integer> others = new EnumMap<>(Method.class);
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            ObjectNode span = new RandomBkSpans(seed).next();
            long elapsed = span.get("end_time").asLong() - span.get("start_time").asLong();
            ObjectNode read = RandomBkSpans.asRead(span).put("elapsed_time", Math.max(0, elapsed));
            OneSpan one = OneSpan.ofBkJson(span.toString());
            for (int i = 0; i < 30; i++) {
                List<BkCondition> conditions = conditions(random);

                boolean expected = PlainBkConditions.match(conditions, read);

                assertThat(one.matches(conditions))
                        .as("seed %d: %s of %s", seed, conditions, read)
                        .isEqualTo(expected);
                if (conditions.size() == 1) {
                    (expected ? matches : others)
                            .merge(conditions.get(0).method(), 1, Integer::sum);
                }
            }
        }
        // Each method must have been met and missed.
        assertThat(matches.values()).hasSize(Method.values().length).allMatch(count -> count > 20);
        assertThat(others.values()).hasSize(Method.values().length).allMatch(count -> count > 20);
    }

    private static List<BkCondition> conditions(Random random) {
        List<BkCondition> conditions = new ArrayList<>();
        for (int count = random.nextInt(6); count > 0; count--) {
            Method method = pick(List.of(Method.values()), random);
            List<String> from =
                    switch (method) {
                        case EQ, NEQ -> TEXTS;
                        case REG, NREG -> PATTERNS;
                        case GT, GTE, LT, LTE -> NUMBERS;
                    };
            List<String> values = new ArrayList<>();
            for (int more = random.nextInt(3); more >= 0; more--) {
                values.add(pick(from, random));
            }
            conditions.add(
                    new BkCondition(
                            pick(List.of(Join.values()), random),
                            pick(KEYS, random),
                            method,
                            values));
        }
        return conditions;
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}

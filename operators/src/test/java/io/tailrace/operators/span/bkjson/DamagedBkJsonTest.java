package io.tailrace.operators.span.bkjson;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.wire.RequestWalker;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the bytes, what comes out can be used, and what cannot be used is handed on. */
class DamagedBkJsonTest {

    private static final List<String> STRANGE =
            List.of(
                    "null",
                    "{}",
                    "[]",
                    "[[]]",
                    "\"\"",
                    "\"text\"",
                    "\"0\"",
                    "-1",
                    "1.5",
                    "1e999",
                    "18446744073709552",
                    "true",
                    "[1]",
                    "[{}]",
                    "[null]",
                    "{\"code\":[]}",
                    "\"00000000000000000000000000000000\"",
                    "\"0000000000000000\"",
                    "\"0af7651916cd43dd8448eb211c80319\"",
                    "[{\"trace_id\":\"1\"}]",
                    "[{\"timestamp\":{}}]",
                    "{\"]}\":\"]}\"}");

    private final BkJsonReader reader = new BkJsonReader();

    /** What was rejected: why, and which bytes. */
    private record Rejection(Reason reason, String text) {}

    @Test
    void neverGivesAnythingThatCannotBeUsed() {
        int unreadable = 0;
        int rejected = 0;
        int accepted = 0;
        for (long seed = 0; seed < 30_000; seed++) {
            Random random = new Random(seed);
            byte[] record = bytes(record(items(seed % 200)));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                record[random.nextInt(record.length)] = (byte) random.nextInt(128);
            }
            List<Rejection> rejections = new ArrayList<>();
            try {
                byte[] otlp = read(record, rejections);
                assertUsable(otlp, seed);
                rejected += rejections.size();
                accepted += PlacedSpan.of(otlp).size();
            } catch (UnreadableException expected) {
                assertThat(rejections).as("seed %d", seed).isEmpty();
                unreadable++;
            }
        }
        assertThat(unreadable).isGreaterThan(1000);
        assertThat(rejected).isGreaterThan(500);
        assertThat(accepted).isGreaterThan(1000);
    }

    @Test
    void losesOnlyTheSpanThatIsDamaged() throws Exception {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        int unharmed = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            List<String> items = items(seed % 200);
            int damaged = random.nextInt(items.size());
            List<PlacedSpan> others = new ArrayList<>(read(items));
            others.remove(damaged);
            items.set(damaged, damage(items.get(damaged), random));
            List<Rejection> rejections = new ArrayList<>();

            byte[] otlp = read(bytes(record(items)), rejections);

            assertUsable(otlp, seed);
            List<PlacedSpan> came = new ArrayList<>(PlacedSpan.of(otlp));
            if (rejections.isEmpty()) {
                unharmed++;
                came.remove(damaged);
            } else {
                assertThat(rejections)
                        .as("seed %d", seed)
                        .extracting(Rejection::text)
                        .containsExactly(items.get(damaged));
                reasons.add(rejections.get(0).reason());
            }
            assertThat(came).as("seed %d", seed).isEqualTo(others);
        }
        assertThat(unharmed).isGreaterThan(1000);
        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        Reason.UNEXPECTED_VALUE,
                        Reason.INVALID_TRACE_ID,
                        Reason.ZERO_TRACE_ID,
                        Reason.INVALID_SPAN_ID,
                        Reason.ZERO_SPAN_ID,
                        Reason.INVALID_PARENT_SPAN_ID,
                        Reason.INVALID_LINK_ID);
    }

    @Test
    void isUnreadableWhereverItIsCutOff() {
        byte[] record = bytes(record(items(7)));
        for (int length = 0; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            List<Rejection> rejections = new ArrayList<>();

            assertThat(reasonOf(cut, rejections))
                    .as("%d bytes", length)
                    .isEqualTo(Reason.MALFORMED_JSON);
            assertThat(rejections).isEmpty();
        }
    }

    private Reason reasonOf(byte[] record, List<Rejection> rejections) {
        try {
            read(record, rejections);
            return null;
        } catch (UnreadableException unreadable) {
            return unreadable.reason();
        }
    }

    /** Another value under one of its keys, or another value altogether. */
    private static String damage(String item, Random random) {
        String strange = STRANGE.get(random.nextInt(STRANGE.size()));
        if (random.nextInt(8) == 0) {
            return strange;
        }
        List<String> keys =
                List.of(
                        "trace_id",
                        "span_id",
                        "parent_span_id",
                        "trace_state",
                        "span_name",
                        "kind",
                        "start_time",
                        "end_time",
                        "attributes",
                        "resource",
                        "events",
                        "links",
                        "status");
        String key = keys.get(random.nextInt(keys.size()));
        // Of a field that comes twice both values must be right, so the first may stay.
        return "{\"%s\":%s,%s".formatted(key, strange, item.substring(1));
    }

    private static List<String> items(long seed) {
        RandomBkSpans spans = new RandomBkSpans(seed);
        List<String> items = new ArrayList<>();
        for (int count = 1 + new Random(seed).nextInt(4); count > 0; count--) {
            ObjectNode span = spans.next();
            items.add(span.toString());
        }
        return items;
    }

    private static String record(List<String> items) {
        return "{\"dataid\":1,\"datetime\":\"2024-05-01 20:00:00\",\"items\":["
                + String.join(", ", items)
                + "]}";
    }

    private List<PlacedSpan> read(List<String> items) throws UnreadableException {
        List<Rejection> rejections = new ArrayList<>();
        byte[] otlp = read(bytes(record(items)), rejections);
        assertThat(rejections).isEmpty();
        return PlacedSpan.of(otlp);
    }

    private byte[] read(byte[] record, List<Rejection> rejections) throws UnreadableException {
        return reader.read(
                record,
                (reason, error, bytes, from, to) ->
                        rejections.add(
                                new Rejection(
                                        reason,
                                        new String(
                                                bytes, from, to - from, StandardCharsets.UTF_8))));
    }

    /** Whoever reads spans finds nothing more to reject. */
    private static void assertUsable(byte[] otlp, long seed) {
        int[] spans = {0};
        try {
            new RequestWalker()
                    .walk(
                            otlp,
                            (reason, error, bytes, from, to) -> {
                                throw new AssertionError("seed %d: %s".formatted(seed, error));
                            },
                            span -> spans[0]++);
        } catch (UnreadableException fault) {
            throw new AssertionError("seed %d".formatted(seed), fault);
        }
        assertThat(PlacedSpan.of(otlp)).as("seed %d", seed).hasSize(spans[0]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

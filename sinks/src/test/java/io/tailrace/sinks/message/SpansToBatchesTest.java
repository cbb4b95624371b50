package io.tailrace.sinks.message;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RequestDecoder;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.bkjson.BkJsonWriter;
import io.tailrace.operators.span.json.OtlpJsonWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("try") // the harness's close() may be interrupted, as it says
class SpansToBatchesTest {

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final List<Message> messages = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void sendTheSameSpansInMessagesThatAreNotTooLarge(Encoding encoding) throws Exception {
        int sent = 0;
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            long most = 1200L + random.nextInt(30_000);
            List<KeptSpans> traces = traces(random, 60);
            messages.clear();

            try (var harness = open(encoding, most)) {
                long time = 0;
                for (KeptSpans trace : traces) {
                    harness.processElement(new StreamRecord<>(trace));
                    if (random.nextInt(20) == 0) {
                        time += random.nextInt(1500);
                        harness.processWatermark(new Watermark(time));
                    }
                }
                harness.endInput();
                harness.getOneInputOperator().finish();
                take(harness);
            }

            assertThat(messages)
                    .as("seed %d", seed)
                    .allMatch(each -> each.key() == null && each.value().length <= most);
            sent += messages.size();
            assertThat(decoded(encoding)).as("seed %d", seed).isEqualTo(spans(traces));
            assertThat(cutAlthoughTheyFit(traces, encoding, most)).as("seed %d", seed).isEmpty();
        }
        assertThat(sent).as("messages of 6,000 traces").isLessThan(3000);
        assertThat(deadLetters).isEmpty();
    }

    /**
     * A batch that turns out too large once it is encoded is work in vain, and makes small ones.
     */
    @ParameterizedTest
    @EnumSource
    void areNearlyFullInEveryEncoding(Encoding encoding) throws Exception {
        long most = 100_000;
        Random random = new Random(1);
        try (var harness = open(encoding, most)) {
            for (KeptSpans trace : traces(random, 2000)) {
                harness.processElement(new StreamRecord<>(trace));
            }
            harness.getOneInputOperator().finish();
            take(harness);
        }
        long bytes = messages.stream().mapToLong(each -> each.value().length).sum();
        assertThat((double) bytes / messages.size()).isBetween(0.75 * most, 1.0 * most);
    }

    @Test
    void areSentWhenTheNextTraceWouldMakeThemTooLarge() throws Exception {
        KeptSpans trace = trace(1, 1, 100);
        long most = 3L * trace.otlp().length;
        try (var harness = open(Encoding.OTLP_PROTO, most)) {
            for (int i = 0; i < 7; i++) {
                harness.processElement(new StreamRecord<>(trace));
            }
            take(harness);
        }
        assertThat(messages)
                .extracting(each -> (long) each.value().length)
                .containsExactly(most, most);
    }

    @Test
    void waitInEventTimeFromTheirFirstTraceOn() throws Exception {
        try (var harness = open(Encoding.OTLP_PROTO, 100_000)) {
            harness.processWatermark(new Watermark(10_000));
            harness.processElement(new StreamRecord<>(trace(1, 1, 10)));
            harness.processWatermark(new Watermark(10_900));
            harness.processElement(new StreamRecord<>(trace(2, 1, 10)));
            harness.processWatermark(new Watermark(10_999));
            assertThat(harness.extractOutputValues()).isEmpty();

            harness.processWatermark(new Watermark(11_000));
            assertThat(harness.extractOutputValues()).hasSize(1);

            harness.processElement(new StreamRecord<>(trace(3, 1, 10)));
            harness.processWatermark(new Watermark(11_999));
            assertThat(harness.extractOutputValues()).hasSize(1);
            harness.processWatermark(new Watermark(12_000));
            take(harness);
        }
        assertThat(messages).hasSize(2);
        // Messages must not fall behind the time they belong to.
        assertThat(decoded(Encoding.OTLP_PROTO)).hasSize(3);
    }

    @Test
    void aCheckpointInTheMiddleLosesAndDoublesNothing() throws Exception {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<KeptSpans> traces = traces(random, 40);
            int middle = random.nextInt(traces.size());
            messages.clear();

            OperatorSubtaskState state;
            try (var harness = open(Encoding.OTLP_PROTO, 3000)) {
                for (KeptSpans trace : traces.subList(0, middle)) {
                    harness.processElement(new StreamRecord<>(trace));
                }
                harness.prepareSnapshotPreBarrier(1);
                state = harness.snapshot(1, 1);
                take(harness);
                // What comes behind the barrier is read again after the failure.
                harness.processElement(new StreamRecord<>(traces.get(middle)));
            }
            try (var harness = harness(Encoding.OTLP_PROTO, 3000)) {
                harness.initializeState(state);
                harness.open();
                for (KeptSpans trace : traces.subList(middle, traces.size())) {
                    harness.processElement(new StreamRecord<>(trace));
                }
                harness.getOneInputOperator().finish();
                take(harness);
            }

            assertThat(decoded(Encoding.OTLP_PROTO)).as("seed %d", seed).isEqualTo(spans(traces));
        }
    }

    @ParameterizedTest
    @EnumSource
    void cutWhatIsTooLargeAndSetApartASpanThatIs(Encoding encoding) throws Exception {
        KeptSpans large = trace(2, 1, 5000);
        try (var harness = open(encoding, 2000)) {
            harness.processElement(new StreamRecord<>(trace(1, 1, 10)));
            harness.processElement(new StreamRecord<>(large));
            harness.processElement(new StreamRecord<>(trace(3, 6, 600)));
            harness.getOneInputOperator().finish();
            take(harness);
        }
        assertThat(messages).hasSizeGreaterThan(2).allMatch(each -> each.value().length <= 2000);
        assertThat(decoded(encoding)).isEqualTo(spans(List.of(trace(1, 1, 10), trace(3, 6, 600))));
        assertThat(deadLetters)
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.SPAN_TOO_LARGE);
                            assertThat(letter.error())
                                    .contains(large.traceId().hex(), "2000", "topic spans");
                            assertThat(PlacedSpan.of(letter.payload()))
                                    .isEqualTo(PlacedSpan.of(large.otlp()));
                        });
    }

    /** Those that are in several messages, while one would have been enough. */
    private List<TraceId> cutAlthoughTheyFit(List<KeptSpans> traces, Encoding encoding, long most)
            throws Exception {
        Map<TraceId, Integer> places = new HashMap<>();
        for (Message message : messages) {
            decoded(encoding, message).stream()
                    .map(PlacedSpan::traceId)
                    .distinct()
                    .forEach(id -> places.merge(id, 1, Integer::sum));
        }
        List<TraceId> cut = new ArrayList<>();
        for (KeptSpans trace : traces) {
            byte[] alone =
                    switch (encoding) {
                        case OTLP_PROTO -> trace.otlp();
                        case OTLP_JSON -> new OtlpJsonWriter().write(trace.otlp());
                        case BK_JSON -> new BkJsonWriter().write(trace.otlp());
                    };
            if (alone.length <= most && places.get(trace.traceId()) != 1) {
                cut.add(trace.traceId());
            }
        }
        return cut;
    }

    private static List<KeptSpans> traces(Random random, int count) {
        List<KeptSpans> traces = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            traces.add(trace(i, 1 + random.nextInt(8), random.nextInt(400)));
        }
        return traces;
    }

    private static KeptSpans trace(int number, int spans, int bytes) {
        TraceId id = new TraceId(number, 1);
        Span[] all = new Span[spans];
        for (int i = 0; i < spans; i++) {
            all[i] = Requests.span(id, i + 1L).setName("x".repeat(bytes)).build();
        }
        return new KeptSpans(id, spans, Requests.of(all).toByteArray());
    }

    private static List<PlacedSpan> spans(List<KeptSpans> traces) {
        return traces.stream().flatMap(each -> PlacedSpan.of(each.otlp()).stream()).toList();
    }

    private static OneInputStreamOperatorTestHarness<KeptSpans, Message> open(
            Encoding encoding, long most) throws Exception {
        OneInputStreamOperatorTestHarness<KeptSpans, Message> harness = harness(encoding, most);
        harness.open();
        return harness;
    }

    private static OneInputStreamOperatorTestHarness<KeptSpans, Message> harness(
            Encoding encoding, long most) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new SpansToBatches(encoding, most, WAIT, "topic spans"));
    }

    private void take(OneInputStreamOperatorTestHarness<KeptSpans, Message> harness) {
        messages.addAll(harness.extractOutputValues());
        var letters = harness.getSideOutput(SpansToMessages.DEAD_LETTERS);
        if (letters != null) {
            letters.forEach(each -> deadLetters.add(each.getValue()));
        }
    }

    private List<PlacedSpan> decoded(Encoding encoding) throws Exception {
        List<PlacedSpan> spans = new ArrayList<>();
        for (Message message : messages) {
            spans.addAll(decoded(encoding, message));
        }
        return spans;
    }

    private static List<PlacedSpan> decoded(Encoding encoding, Message message) throws Exception {
        return PlacedSpan.of(
                new RequestDecoder()
                        .decode(
                                encoding,
                                message.value(),
                                (reason, error, bytes, from, to) -> {
                                    throw new AssertionError(error);
                                }));
    }
}

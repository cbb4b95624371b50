package io.tailrace.sinks.message;

import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RequestDecoder;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class SpansToMessagesTest {

    private static final TraceId TRACE = new TraceId(1, 2);
    private static final int KEY = 32;

    private final List<Message> messages = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void sendsWhatFitsAsOneMessageWithTheTraceIdAsKey(Encoding encoding) throws Exception {
        Span[] spans = {span(1, "a"), span(2, "b")};
        byte[] otlp = Requests.of(spans).toByteArray();
        send(encoding, Long.MAX_VALUE, spans);
        int size = KEY + messages.get(0).value().length;
        messages.clear();

        send(encoding, size, spans);

        assertThat(messages).hasSize(1);
        assertThat(new String(messages.get(0).key(), StandardCharsets.US_ASCII))
                .isEqualTo("00000000000000010000000000000002");
        assertThat(decoded(encoding)).isEqualTo(PlacedSpan.of(otlp));

        messages.clear();
        send(encoding, size - 1, spans);

        assertThat(messages).hasSize(2);
        assertThat(decoded(encoding)).isEqualTo(PlacedSpan.of(otlp));
        assertThat(deadLetters).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void cutsWhatDoesNotFitUntilItDoes(Encoding encoding) throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Span[] spans = new Span[1 + random.nextInt(40)];
            for (int i = 0; i < spans.length; i++) {
                spans[i] = span(i + 1L, "x".repeat(random.nextInt(500)));
            }
            long most = 1200L + random.nextInt(5000);
            messages.clear();

            send(encoding, most, spans);

            assertThat(messages)
                    .as("seed %d", seed)
                    .allMatch(each -> each.key().length + each.value().length <= most);
            assertThat(decoded(encoding))
                    .as("seed %d", seed)
                    .isEqualTo(PlacedSpan.of(Requests.of(spans)));
        }
        assertThat(deadLetters).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void makesADeadLetterOfASpanThatIsTooLargeAndSendsTheOthers(Encoding encoding)
            throws Exception {
        Span large = span(3, "x".repeat(5000));

        send(encoding, 2000, span(1, "a"), span(2, "b"), large, span(4, "c"));

        assertThat(decoded(encoding))
                .extracting(placed -> placed.span().getName())
                .containsExactly("a", "b", "c");
        assertThat(deadLetters)
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.SPAN_TOO_LARGE);
                            assertThat(letter.origin()).isEqualTo(Origin.NONE);
                            assertThat(letter.error())
                                    .contains(TRACE.hex())
                                    .contains("2000")
                                    .contains("topic spans");
                            assertThat(PlacedSpan.of(letter.payload()))
                                    .extracting(PlacedSpan::span)
                                    .containsExactly(large);
                        });
    }

    private static Span span(long id, String name) {
        return Requests.span(TRACE, id).setName(name).build();
    }

    @SuppressWarnings("try") // the harness's close() may be interrupted, as it says
    private void send(Encoding encoding, long mostBytes, Span... spans) throws Exception {
        ExportTraceServiceRequest request = Requests.of(spans);
        OneInputStreamOperatorTestHarness<KeptSpans, Message> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(
                                new SpansToMessages(encoding, mostBytes, "topic spans")));
        harness.open();
        harness.processElement(
                new StreamRecord<>(new KeptSpans(TRACE, spans.length, request.toByteArray())));
        messages.addAll(harness.extractOutputValues());
        var letters = harness.getSideOutput(SpansToMessages.DEAD_LETTERS);
        if (letters != null) {
            letters.forEach(each -> deadLetters.add(each.getValue()));
        }
        harness.close();
    }

    private List<PlacedSpan> decoded(Encoding encoding) throws Exception {
        List<PlacedSpan> spans = new ArrayList<>();
        RequestDecoder decoder = new RequestDecoder();
        for (Message message : messages) {
            byte[] otlp =
                    decoder.decode(
                            encoding,
                            message.value(),
                            (reason, error, bytes, from, to) -> {
                                throw new AssertionError(error);
                            });
            spans.addAll(PlacedSpan.of(otlp));
        }
        return spans;
    }
}

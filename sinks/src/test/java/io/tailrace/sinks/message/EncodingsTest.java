package io.tailrace.sinks.message;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RandomRequests;
import io.tailrace.operators.span.RequestDecoder;
import io.tailrace.operators.span.bkjson.InBkJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written in an encoding is read in it as the same spans. */
class EncodingsTest {

    private final RequestDecoder decoder = new RequestDecoder();

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAgain(Encoding encoding) throws Exception {
        FittingMessages whole = new FittingMessages(encoding, Long.MAX_VALUE);
        FittingMessages cut = new FittingMessages(encoding, 4000);
        int cuts = 0;
        for (long seed = 0; seed < 300; seed++) {
            ExportTraceServiceRequest request = new RandomRequests(seed).next();
            List<PlacedSpan> spans = PlacedSpan.of(request);
            List<PlacedSpan> expected = spans.stream().map(each -> left(encoding, each)).toList();
            if (spans.isEmpty()) {
                continue;
            }

            Sent one = new Sent();
            whole.send(null, request.toByteArray(), spans.size(), one);
            Sent some = new Sent();
            cut.send(new byte[32], request.toByteArray(), spans.size(), some);

            assertThat(one.messages).as("seed %d", seed).hasSize(1);
            assertThat(read(encoding, one).equals(expected)).as("seed %d", seed).isTrue();
            assertThat(some.messages)
                    .as("seed %d", seed)
                    .allMatch(each -> each.value().length + 32 <= 4000);
            if (some.tooLarge == 0) {
                assertThat(read(encoding, some).equals(expected)).as("seed %d", seed).isTrue();
            }
            assertThat(read(encoding, some))
                    .as("seed %d", seed)
                    .hasSize(spans.size() - some.tooLarge);
            cuts += some.messages.size() > 1 ? 1 : 0;
        }
        assertThat(cuts).isGreaterThan(20);
    }

    private static PlacedSpan left(Encoding encoding, PlacedSpan span) {
        return switch (encoding) {
            case OTLP_PROTO, OTLP_JSON -> span;
            case BK_JSON -> InBkJson.of(span);
        };
    }

    private List<PlacedSpan> read(Encoding encoding, Sent sent) throws Exception {
        List<PlacedSpan> spans = new ArrayList<>();
        for (Message message : sent.messages) {
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

    private static final class Sent implements FittingMessages.Output {
        private final List<Message> messages = new ArrayList<>();
        private int tooLarge;

        @Override
        public void message(Message message) {
            messages.add(message);
        }

        @Override
        public void tooLarge(byte[] otlp) {
            tooLarge++;
        }
    }
}

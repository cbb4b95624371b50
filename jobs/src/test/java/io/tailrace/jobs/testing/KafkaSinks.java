package io.tailrace.jobs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.plain.DecisionLine;
import io.tailrace.plain.PlainSpan;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

import static org.assertj.core.api.Assertions.assertThat;

/** Sinks to topics. */
public record KafkaSinks(
        String brokers,
        KafkaTopic spans,
        KafkaTopic decisions,
        KafkaTopic deadLetters,
        String guarantee,
        String maxMessageBytes,
        String spansOptions)
        implements Sinks {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Sinks to new topics. */
    public static KafkaSinks of(KafkaBroker broker, String guarantee)
            throws ExecutionException, InterruptedException {
        return of(broker, guarantee, "900KB");
    }

    public static KafkaSinks of(KafkaBroker broker, String guarantee, String maxMessageBytes)
            throws ExecutionException, InterruptedException {
        return new KafkaSinks(
                broker.address(),
                broker.topic("sampled", 3),
                broker.topic("decisions", 2),
                broker.topic("dead-letters", 1),
                guarantee,
                maxMessageBytes,
                "");
    }

    /** The same topics, with more settings for that of spans, such as {@code encoding: bk_json}. */
    public KafkaSinks withSpans(String options) {
        return new KafkaSinks(
                brokers, spans, decisions, deadLetters, guarantee, maxMessageBytes, ", " + options);
    }

    @Override
    public String yaml() {
        String common = "bootstrap_servers: \"" + brokers + "\", guarantee: " + guarantee;
        return """
        sinks:
          spans: [ { kafka: { topic: %s, max_message_bytes: %s, %s%s } } ]
          decisions: [ { kafka: { topic: %s, %s } } ]
          dead_letters: [ { kafka: { topic: %s, %s } } ]
        """
                .formatted(
                        spans.name(),
                        maxMessageBytes,
                        common,
                        spansOptions,
                        decisions.name(),
                        common,
                        deadLetters.name(),
                        common);
    }

    @Override
    public Results results() throws Exception {
        List<ExportTraceServiceRequest> messages = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : spans.records()) {
            ExportTraceServiceRequest message = ExportTraceServiceRequest.parseFrom(record.value());
            assertThat(PlainSpan.of(message))
                    .extracting(PlainSpan::traceId)
                    .isNotEmpty()
                    .containsOnly(key(record));
            messages.add(message);
        }
        return new Results(decisionLines(), messages, letters());
    }

    public List<DecisionLine> decisionLines() throws Exception {
        List<DecisionLine> lines = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : decisions.records()) {
            DecisionLine line = DecisionLine.of(JSON.readTree(record.value()));
            assertThat(key(record)).isEqualTo(line.traceId());
            lines.add(line);
        }
        return lines;
    }

    public List<JsonNode> letters() throws Exception {
        List<JsonNode> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : deadLetters.records()) {
            letters.add(JSON.readTree(record.value()));
        }
        return letters;
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.US_ASCII);
    }
}

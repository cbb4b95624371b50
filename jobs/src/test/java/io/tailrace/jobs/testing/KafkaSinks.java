package io.tailrace.jobs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
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
        String maxMessageBytes)
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
                maxMessageBytes);
    }

    @Override
    public String yaml() {
        String common = "bootstrap_servers: \"" + brokers + "\", guarantee: " + guarantee;
        return """
        sinks:
          spans: [ { kafka: { topic: %s, max_message_bytes: %s, %s } } ]
          decisions: [ { kafka: { topic: %s, %s } } ]
          dead_letters: [ { kafka: { topic: %s, %s } } ]
        """
                .formatted(
                        spans.name(),
                        maxMessageBytes,
                        common,
                        decisions.name(),
                        common,
                        deadLetters.name(),
                        common);
    }

    @Override
    public Results results() throws Exception {
        List<DecisionLine> lines = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : decisions.records()) {
            DecisionLine line = DecisionLine.of(JSON.readTree(record.value()));
            assertThat(key(record)).isEqualTo(line.traceId());
            lines.add(line);
        }
        List<ExportTraceServiceRequest> messages = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : spans.records()) {
            ExportTraceServiceRequest message = ExportTraceServiceRequest.parseFrom(record.value());
            assertThat(PlainSpan.of(message))
                    .extracting(PlainSpan::traceId)
                    .isNotEmpty()
                    .containsOnly(key(record));
            messages.add(message);
        }
        List<JsonNode> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : deadLetters.records()) {
            letters.add(JSON.readTree(record.value()));
        }
        return new Results(lines, messages, letters);
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.US_ASCII);
    }
}

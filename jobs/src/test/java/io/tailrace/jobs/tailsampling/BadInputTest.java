package io.tailrace.jobs.tailsampling;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.KafkaSinks;
import io.tailrace.jobs.testing.Results;
import io.tailrace.jobs.testing.SamplingRun;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Sinks;
import io.tailrace.plain.OtlpTree;
import io.tailrace.plain.PlainSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What cannot be read becomes a dead letter that says where it stood; all else is kept. */
@ExtendWith(KafkaExtension.class)
final class BadInputTest {

    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final long TIME = 1_714_564_800_000L;

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String NOT_JSON = "this is no JSON {";

    /** Each holds one good span of the same trace, but for the second. */
    private static final List<String> LINES =
            List.of(
                    request(span(TRACE, "0000000000000001")),
                    NOT_JSON,
                    request(
                            span(TRACE, "0000000000000002"),
                            span("0".repeat(32), "00000000000000aa")),
                    request(span(TRACE, "00000000not-hex0"), span(TRACE, "0000000000000003")),
                    request(span(TRACE, "0000000000000004")));

    @TempDir private Path folder;

    private static String request(String... spans) {
        return """
        {"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"s"},\
        "spans":[%s]}]}]}"""
                .formatted(String.join(",", spans));
    }

    private static String span(String trace, String id) {
        return """
        {"traceId":"%s","spanId":"%s","name":"GET /","kind":2,\
        "startTimeUnixNano":"1714564800000000000","endTimeUnixNano":"1714564800100000000"}"""
                .formatted(trace, id);
    }

    @Test
    void setsApartBadLinesOfAFile() throws Exception {
        Path file = Files.write(folder.resolve("lines.jsonl"), LINES);
        Sinks sinks = new FileSinks(folder.resolve("out"));

        run(SamplingSpecs.file(file, "otlp_json"), sinks);

        assertGoodSpansKept(sinks.results());
        List<JsonNode> letters = lettersByPlace(sinks.results());
        assertThat(letters).hasSize(3);
        assertLetter(letters.get(0), "malformed_json", file.toString(), null, 2);
        assertLetter(letters.get(1), "zero_trace_id", file.toString(), null, 3);
        assertLetter(letters.get(2), "invalid_span_id", file.toString(), null, 4);
        assertThat(payload(letters.get(0))).isEqualTo(bytes(NOT_JSON));
        assertThat(text(letters.get(2))).contains("00000000not-hex0").doesNotContain("000003");
    }

    @Test
    void setsApartBadRecordsOfATopicOfJson(KafkaBroker broker) throws Exception {
        KafkaTopic topic = broker.topic("json", 2);
        for (int i = 0; i < LINES.size(); i++) {
            topic.send(1, TIME + i, bytes(LINES.get(i)));
        }
        topic.send(0, TIME, null);
        topic.flush();
        Sinks sinks = KafkaSinks.of(broker, "at_least_once");

        run(SamplingSpecs.boundedKafka(broker, topic, "otlp_json"), sinks);

        assertGoodSpansKept(sinks.results());
        List<JsonNode> letters = lettersByPlace(sinks.results());
        assertThat(letters).hasSize(4);
        assertLetter(letters.get(0), "empty_record", topic.name(), 0, 0);
        assertLetter(letters.get(1), "malformed_json", topic.name(), 1, 1);
        assertLetter(letters.get(2), "zero_trace_id", topic.name(), 1, 2);
        assertLetter(letters.get(3), "invalid_span_id", topic.name(), 1, 3);
        assertThat(payload(letters.get(0))).isEmpty();
        assertThat(payload(letters.get(1))).isEqualTo(bytes(NOT_JSON));
        assertThat(text(letters.get(3))).contains("00000000not-hex0").doesNotContain("000003");
    }

    @Test
    void setsApartBadRecordsOfATopicOfProtobuf(KafkaBroker broker) throws Exception {
        KafkaTopic topic = broker.topic("protobuf", 1);
        byte[] last = protobuf(LINES.get(4));
        byte[] truncated = Arrays.copyOf(last, last.length - 5);
        topic.send(0, TIME, protobuf(LINES.get(0)));
        topic.send(0, TIME, null);
        topic.send(0, TIME, protobuf(LINES.get(2)));
        topic.send(0, TIME, truncated);
        topic.send(0, TIME, protobuf(request(span(TRACE, "0000000000000003"))));
        topic.send(0, TIME, bytes(LINES.get(0)));
        topic.send(0, TIME, last);
        topic.flush();
        Sinks sinks = KafkaSinks.of(broker, "at_least_once");

        run(SamplingSpecs.boundedKafka(broker, topic, "otlp_proto"), sinks);

        assertGoodSpansKept(sinks.results());
        List<JsonNode> letters = lettersByPlace(sinks.results());
        assertThat(letters).hasSize(4);
        assertLetter(letters.get(0), "empty_record", topic.name(), 0, 1);
        assertLetter(letters.get(1), "zero_trace_id", topic.name(), 0, 2);
        assertLetter(letters.get(2), "malformed_protobuf", topic.name(), 0, 3);
        assertLetter(letters.get(3), "malformed_protobuf", topic.name(), 0, 5);
        assertThat(payload(letters.get(2))).isEqualTo(truncated);
        assertThat(payload(letters.get(3))).isEqualTo(bytes(LINES.get(0)));
    }

    private void run(String source, Sinks sinks) throws Exception {
        SamplingRun.toEnd(SamplingSpecs.keepingAll("bad", source, sinks, WAIT), folder, 2);
    }

    private static void assertGoodSpansKept(Results results) throws IOException {
        List<PlainSpan> good =
                PlainSpan.of(
                        OtlpTree.request(
                                bytes(
                                        request(
                                                span(TRACE, "0000000000000001"),
                                                span(TRACE, "0000000000000002"),
                                                span(TRACE, "0000000000000003"),
                                                span(TRACE, "0000000000000004")))));
        assertThat(results.kept()).containsExactlyInAnyOrderElementsOf(good);
        assertThat(results.decisions()).hasSize(1);
    }

    private static List<JsonNode> lettersByPlace(Results results) {
        return results.deadLetters().stream()
                .sorted(
                        (one, other) ->
                                one.path("partition").asInt() != other.path("partition").asInt()
                                        ? one.path("partition").asInt()
                                                - other.path("partition").asInt()
                                        : one.path("offset").asInt() - other.path("offset").asInt())
                .toList();
    }

    private static void assertLetter(
            JsonNode letter, String reason, String topic, Integer partition, int offset) {
        assertThat(letter.path("reason").asText()).as("%s", letter).isEqualTo(reason);
        assertThat(letter.path("error").asText()).as("%s", letter).isNotBlank();
        assertThat(letter.path("topic").asText()).as("%s", letter).isEqualTo(topic);
        assertThat(letter.path("offset").asInt()).as("%s", letter).isEqualTo(offset);
        assertThat(letter.get("partition").isNull()).as("%s", letter).isEqualTo(partition == null);
        if (partition != null) {
            assertThat(letter.get("partition").asInt()).as("%s", letter).isEqualTo(partition);
        }
        assertThat(letter.path("payload_bytes").asInt())
                .as("%s", letter)
                .isEqualTo(payload(letter).length);
        assertThat(letter.get("truncated").isBoolean()).as("%s", letter).isTrue();
        assertThat(letter.get("truncated").asBoolean()).as("%s", letter).isFalse();
    }

    private static byte[] payload(JsonNode letter) {
        return Base64.getDecoder().decode(letter.path("payload_base64").asText());
    }

    private static String text(JsonNode letter) {
        return new String(payload(letter), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] protobuf(String json) throws IOException {
        return OtlpTree.request(bytes(json)).toByteArray();
    }
}

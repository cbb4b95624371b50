package io.tailrace.jobs.tailsampling;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.Counted;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.KafkaSinks;
import io.tailrace.jobs.testing.Results;
import io.tailrace.jobs.testing.SamplingRun;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.plain.PlainSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What is larger than a message is split where that is possible, and a dead letter else. */
@ExtendWith(KafkaExtension.class)
final class OversizedTest {

    private static final long TIME = 1_714_564_800_000L;
    private static final int MOST_MESSAGE = 20_000;
    private static final int MOST_PAYLOAD = 256 * 1024;
    private static final int MEGABYTES = 3_000_000;

    private final Random random = new Random(11);

    @TempDir private Path folder;

    @Test
    void splitsLargeTracesAndSetsApartLargeSpans(KafkaBroker broker) throws Exception {
        List<ExportTraceServiceRequest> requests = new ArrayList<>();
        List<PlainSpan> good = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            // Three traces of one hundred spans or so, in several resources and requests.
            ExportTraceServiceRequest request = request(random.nextInt(3), 12, 1_500);
            requests.add(request);
            good.addAll(PlainSpan.of(request));
        }
        requests.add(request(7, 1, MOST_MESSAGE));
        requests.add(request(8, 1, MEGABYTES));

        Results results = run(broker, requests, List.of());

        Counted.assertSame("spans", results.kept(), good);
        assertThat(results.messages().size()).isGreaterThan(25);
        // The key of each message is 32 bytes.
        assertThat(results.messages())
                .allMatch(message -> message.getSerializedSize() <= MOST_MESSAGE - 32);
        assertThat(results.deadLetters()).hasSize(2);
        assertThat(results.deadLetters())
                .allMatch(letter -> letter.path("reason").asText().equals("span_too_large"))
                .anySatisfy(letter -> assertCut(letter, requests.get(26).toByteArray()))
                .anySatisfy(letter -> assertWhole(letter, requests.get(25).toByteArray()));
    }

    @Test
    void cutsThePayloadOfALargeRecordThatCannotBeRead(KafkaBroker broker) throws Exception {
        ExportTraceServiceRequest good = request(1, 3, 100);
        byte[] noise = new byte[MEGABYTES];
        random.nextBytes(noise);
        noise[0] = 0;

        Results results = run(broker, List.of(good), List.of(noise));

        Counted.assertSame("spans", results.kept(), PlainSpan.of(good));
        assertThat(results.deadLetters()).hasSize(1);
        JsonNode letter = results.deadLetters().get(0);
        assertThat(letter.path("reason").asText()).isEqualTo("malformed_protobuf");
        assertCut(letter, noise);
    }

    private Results run(
            KafkaBroker broker, List<ExportTraceServiceRequest> requests, List<byte[]> others)
            throws Exception {
        KafkaTopic topic = broker.topic("large", 1);
        others.forEach(bytes -> topic.send(0, TIME, bytes));
        requests.forEach(request -> topic.send(0, TIME, request.toByteArray()));
        topic.flush();
        KafkaSinks sinks = KafkaSinks.of(broker, "exactly_once", MOST_MESSAGE + "B");
        String source = SamplingSpecs.boundedKafka(broker, topic, "otlp_proto");
        SamplingRun.toEnd(
                SamplingSpecs.keepingAll("large", source, sinks, Duration.ofSeconds(1)), folder, 2);
        return sinks.results();
    }

    private ExportTraceServiceRequest request(int trace, int spans, int bytes) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (int i = 0; i < spans; i++) {
            scope.addSpans(
                    Span.newBuilder()
                            .setTraceId(ByteString.copyFrom(id(16, trace + 1)))
                            .setSpanId(ByteString.copyFrom(id(8, random.nextLong() | 1)))
                            .setName("x".repeat(bytes)));
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .setResource(
                                        Resource.newBuilder()
                                                .addAttributes(service(random.nextInt(3))))
                                .addScopeSpans(scope))
                .build();
    }

    private static KeyValue service(int number) {
        return KeyValue.newBuilder()
                .setKey("service.name")
                .setValue(AnyValue.newBuilder().setStringValue("service-" + number))
                .build();
    }

    private static byte[] id(int bytes, long value) {
        return ByteBuffer.allocate(bytes).putLong(bytes - 8, value).array();
    }

    private static void assertWhole(JsonNode letter, byte[] all) {
        assertThat(payload(letter)).isEqualTo(all);
        assertThat(letter.get("payload_bytes").asInt()).isEqualTo(all.length);
        assertThat(letter.get("truncated").asBoolean()).isFalse();
    }

    private static void assertCut(JsonNode letter, byte[] all) {
        assertThat(payload(letter)).isEqualTo(Arrays.copyOf(all, MOST_PAYLOAD));
        assertThat(letter.get("payload_bytes").asInt()).isEqualTo(all.length);
        assertThat(letter.get("truncated").asBoolean()).isTrue();
    }

    private static byte[] payload(JsonNode letter) {
        return Base64.getDecoder().decode(letter.path("payload_base64").asText());
    }
}

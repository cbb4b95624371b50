package io.tailrace.jobs.tailsampling;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.BkRows;
import io.tailrace.jobs.testing.Counted;
import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.KafkaSinks;
import io.tailrace.jobs.testing.RandomTraffic;
import io.tailrace.jobs.testing.SamplingRun;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.PlainRequest;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.PlainSpan;
import io.tailrace.plain.Sampling;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Traffic in BlueKing's JSON is sampled as the same traffic in OTLP is. */
@ExtendWith(KafkaExtension.class)
final class BkJsonTest {

    private static final Sampling SAMPLING =
            Sampling.eager(Duration.ofSeconds(1), Duration.ofSeconds(4));
    private static final int MOST_MESSAGE = 4000;

    private final Traffic traffic = RandomTraffic.of(21, 600);
    private final PlainSampler plain = PlainSampler.of(traffic.requests(), SAMPLING);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"trace", "batch"})
    void isSampledFromTopicToTopic(String messages, KafkaBroker broker) throws Exception {
        KafkaTopic topic = broker.topic("collected", 3);
        int partition = 0;
        for (PlainRequest request : traffic.requests()) {
            byte[] record = BkRows.collected(PlainSpan.of(request.otlp()));
            topic.send(partition++ % topic.partitions(), request.arrival(), record);
        }
        topic.flush();
        KafkaSinks sinks =
                KafkaSinks.of(broker, "exactly_once", MOST_MESSAGE + "B")
                        .withSpans("encoding: bk_json, messages: " + messages);
        String source = SamplingSpecs.boundedKafka(broker, topic, "bk_json");

        SamplingRun.toEnd(SamplingSpecs.spec("bk", source, sinks, SAMPLING), folder, 2);

        Counted.assertSame("decisions", sinks.decisionLines(), plain.decisions());
        Counted.assertSame("rows", rows(sinks, messages.equals("batch")), expected());
        assertThat(sinks.letters()).isEmpty();
    }

    @Test
    void isReadFromFilesWithARecordALine() throws Exception {
        List<String> lines = new ArrayList<>();
        for (PlainRequest request : traffic.requests()) {
            byte[] record = BkRows.collected(PlainSpan.of(request.otlp()));
            lines.add(new String(record, StandardCharsets.UTF_8));
            lines.add("");
        }
        Path file = Files.write(folder.resolve("collected.jsonl"), lines);
        FileSinks sinks = new FileSinks(folder.resolve("out"));

        SamplingRun.toEnd(
                SamplingSpecs.spec("bk", SamplingSpecs.file(file, "bk_json"), sinks, SAMPLING),
                folder,
                2);

        List<JsonNode> rows = new ArrayList<>();
        for (PlainSpan span : sinks.results().kept()) {
            rows.add(BkRows.row(span));
        }
        Counted.assertSame("rows", rows, expected());
        assertThat(sinks.results().deadLetters()).isEmpty();
    }

    @Test
    void setsApartBadItemsAndBadRecords(KafkaBroker broker) throws Exception {
        String span =
                """
                {"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"%s","kind":%s,\
                "span_name":"GET /","start_time":1714564800000000,"end_time":1714564800100000,\
                "attributes":{"http.status_code":200},"resource":{"service.name":"shop"}}""";
        String good = span.formatted("0000000000000001", "2");
        String unfit = span.formatted("0000000000000002", "{}");
        KafkaTopic topic = broker.topic("bad", 1);
        for (String record :
                List.of(
                        "{\"items\":[" + good + ",7," + unfit + "]}",
                        "{\"items\":[" + good,
                        "{\"resourceSpans\":[]}",
                        span.formatted("0000000000000003", "\"3\""))) {
            topic.send(0, 1_714_564_800_000L, record.getBytes(StandardCharsets.UTF_8));
        }
        topic.flush();
        KafkaSinks sinks = KafkaSinks.of(broker, "at_least_once").withSpans("encoding: bk_json");
        String source = SamplingSpecs.boundedKafka(broker, topic, "bk_json");

        SamplingRun.toEnd(
                SamplingSpecs.keepingAll("bad", source, sinks, SAMPLING.decisionWait()), folder, 1);

        assertThat(rows(sinks, false))
                .extracting(row -> row.get("span_id").asText() + " " + row.get("kind"))
                .containsExactlyInAnyOrder("0000000000000001 2", "0000000000000003 3");
        assertThat(sinks.letters())
                .extracting(
                        letter -> letter.get("offset").asInt(),
                        letter -> letter.get("reason").asText(),
                        letter ->
                                new String(
                                        Base64.getDecoder()
                                                .decode(letter.get("payload_base64").asText()),
                                        StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        tuple(0, "unexpected_value", "7"),
                        tuple(0, "unexpected_value", unfit),
                        tuple(1, "malformed_json", "{\"items\":[" + good),
                        tuple(2, "invalid_trace_id", "{\"resourceSpans\":[]}"));
    }

    private List<JsonNode> expected() throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        for (PlainSpan span : plain.kept()) {
            rows.add(BkRows.row(span));
        }
        assertThat(rows).hasSizeGreaterThan(200);
        return rows;
    }

    private static List<JsonNode> rows(KafkaSinks sinks, boolean batches) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        boolean mixed = false;
        for (ConsumerRecord<byte[], byte[]> record : sinks.spans().records()) {
            List<JsonNode> some = BkRows.written(record.value());
            List<String> traces =
                    some.stream().map(row -> row.get("trace_id").asText()).distinct().toList();
            if (batches) {
                assertThat(record.key()).isNull();
                assertThat(record.value().length).isLessThanOrEqualTo(MOST_MESSAGE);
                mixed |= traces.size() > 1;
            } else {
                assertThat(traces)
                        .containsExactly(new String(record.key(), StandardCharsets.US_ASCII));
            }
            rows.addAll(some);
        }
        assertThat(mixed).isEqualTo(batches);
        return rows;
    }
}

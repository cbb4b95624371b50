package io.tailrace.operators.span.bkjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RandomRequests;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class BkJsonRoundTripTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS =
            List.of(
                    "time",
                    "span_name",
                    "span_id",
                    "kind",
                    "events",
                    "parent_span_id",
                    "end_time",
                    "links",
                    "trace_id",
                    "elapsed_time",
                    "status",
                    "attributes",
                    "start_time",
                    "trace_state",
                    "resource",
                    "datatime");

    private final BkJsonReader reader = new BkJsonReader();
    private final BkJsonWriter writer = new BkJsonWriter();

    @Test
    void spansOfARecordComeOutAsTheyWentIn() throws Exception {
        for (long seed = 0; seed < 500; seed++) {
            RandomBkSpans spans = new RandomBkSpans(seed);
            ObjectNode record = JSON.createObjectNode().put("dataid", 1500101);
            record.put("datetime", "2024-05-01 20:00:00");
            ArrayNode items = record.putArray("items");
            List<JsonNode> expected = new ArrayList<>();
            for (int count = new Random(seed).nextInt(6); count > 0; count--) {
                ObjectNode span = spans.next();
                items.add(spans.variant(span));
                expected.add(row(span));
            }

            byte[] again = writer.write(read(record));

            JsonNode out = JSON.readTree(again);
            assertThat(again).doesNotContain('\n').doesNotContain('\r');
            assertThat(out.fieldNames()).toIterable().containsExactly("datetime", "items");
            assertThat(out.get("datetime").asText())
                    .as("seed %d", seed)
                    .isEqualTo(latest(expected));
            assertThat(out.get("items")).as("seed %d", seed).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                JsonNode row = out.get("items").get(i);
                assertThat(row.fieldNames()).toIterable().containsExactlyElementsOf(COLUMNS);
                assertThat(row).as("seed %d", seed).isEqualTo(expected.get(i));
            }
            assertThat(writer.write(read(out))).as("seed %d", seed).isEqualTo(again);
        }
    }

    @Test
    void spansOfOtlpKeepAllThatHasAPlace() throws Exception {
        int spans = 0;
        for (long seed = 0; seed < 50; seed++) {
            RandomRequests requests = new RandomRequests(seed);
            for (int i = 0; i < 10; i++) {
                ExportTraceServiceRequest request = requests.next();
                List<PlacedSpan> expected =
                        PlacedSpan.of(request).stream().map(InBkJson::of).toList();

                byte[] json = writer.write(request.toByteArray());
                List<PlacedSpan> came = PlacedSpan.of(read(JSON.readTree(json)));

                assertThat(came.equals(expected)).as("seed %d, request %d", seed, i).isTrue();
                spans += came.size();
            }
        }
        assertThat(spans).isGreaterThan(500);
    }

    private byte[] read(JsonNode record) throws Exception {
        return reader.read(
                record.toString().getBytes(StandardCharsets.UTF_8),
                (reason, error, bytes, from, to) -> {
                    throw new AssertionError(error);
                });
    }

    /** What the columns hold of a span, told from its fields alone. */
    private static JsonNode row(ObjectNode span) throws Exception {
        ObjectNode row = RandomBkSpans.asRead(span);
        long start = span.get("start_time").asLong();
        long end = span.get("end_time").asLong();
        row.put("elapsed_time", end < start ? 0 : end - start);
        String time = time(end == 0 ? start : end);
        row.put("time", time).put("datatime", time);
        return JSON.readTree(row.toString());
    }

    private static String latest(List<JsonNode> rows) {
        return rows.stream()
                .map(row -> row.get("time").asText())
                .max(String::compareTo)
                .orElse(time(0));
    }

    private static String time(long micros) {
        return LocalDateTime.ofEpochSecond(micros / 1_000_000, 0, ZoneOffset.ofHours(8))
                .toString()
                .replace('T', ' ')
                .concat(":00")
                .substring(0, 19);
    }
}

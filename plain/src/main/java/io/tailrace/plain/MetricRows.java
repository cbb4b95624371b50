package io.tailrace.plain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Rows of metrics as a job wrote them; of each window and series the one of the last revision. */
public final class MetricRows {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> last = new HashMap<>();
    private final int lines;

    /**
     * @param lines each a row in JSON
     */
    public MetricRows(List<String> lines) throws IOException {
        this.lines = lines.size();
        for (String line : lines) {
            JsonNode row = JSON.readTree(line);
            last.merge(
                    row.get("time_ms").asText() + ' ' + row.get("series_id").asText(),
                    row,
                    (one, other) ->
                            one.get("revision").asInt() > other.get("revision").asInt()
                                    ? one
                                    : other);
        }
    }

    /** All that were written, corrected ones too. */
    public int written() {
        return lines;
    }

    /** Those of spans. */
    public List<JsonNode> ofSpans() {
        return last.values().stream().filter(row -> !isEdge(row)).toList();
    }

    private static boolean isEdge(JsonNode row) {
        return row.has("client_count");
    }

    /** What they say of spans, in the words of {@link PlainRed}. */
    public Map<PlainRed.Key, Map<String, Object>> saidOfSpans() {
        Map<PlainRed.Key, Map<String, Object>> said = new HashMap<>();
        for (JsonNode row : ofSpans()) {
            Map<String, String> dimensions = new TreeMap<>();
            row.get("dimensions")
                    .properties()
                    .forEach(each -> dimensions.put(each.getKey(), each.getValue().asText()));
            add(
                    said,
                    new PlainRed.Key(
                            row.get("time_ms").asLong(),
                            row.get("biz_id").asLong(),
                            row.get("app_name").asText(),
                            dimensions.getOrDefault("service_name", ""),
                            dimensions),
                    saidOfSpans(row));
        }
        return said;
    }

    /** Of a key that several series have, something else is said than of any one. */
    private static <K> void add(
            Map<K, Map<String, Object>> said, K key, Map<String, Object> ofRow) {
        said.merge(key, ofRow, (one, other) -> Map.of("key twice", List.of(one, other)));
    }

    private static Map<String, Object> saidOfSpans(JsonNode row) {
        Map<String, Object> said = new TreeMap<>();
        said.put("count", row.get("count").asLong());
        said.put("errors", row.get("error_count").asLong());
        said.put("sum", row.get("sum_duration_us").asLong());
        said.put("satisfied", row.get("satisfied_count").asLong());
        said.put("tolerating", row.get("tolerating_count").asLong());
        said.put("frustrated", row.get("frustrated_count").asLong());
        said.put("calls", row.get("call_count").asLong());
        said.put("requests", row.get("request_count").asLong());
        said.put("max", row.get("max_duration_us").asLong());
        said.put("min", row.get("min_duration_us").asLong());
        said.put("buckets", wholes(row.get("buckets")));
        said.put("slowest", "none");
        said.put("slowest error", "none");
        List<JsonNode> exemplars = new ArrayList<>();
        row.get("exemplars").forEach(exemplars::add);
        for (int i = 0; i < exemplars.size(); i++) {
            JsonNode exemplar = exemplars.get(i);
            if (i == 0) {
                said.put("slowest", said(exemplar));
            }
            if (exemplar.get("error").asBoolean()) {
                said.put("slowest error", said(exemplar));
            }
        }
        return said;
    }

    private static String said(JsonNode exemplar) {
        String trace = exemplar.get("trace_id").asText();
        return number(trace.substring(0, 16))
                + " "
                + number(trace.substring(16))
                + " "
                + number(exemplar.get("span_id").asText())
                + " "
                + exemplar.get("duration_us").asLong();
    }

    private static long number(String hex) {
        return new BigInteger(hex, 16).longValue();
    }

    private static List<Long> wholes(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asLong).toList();
    }

    /** What they say of edges. */
    public Map<PlainEdges.Key, Map<String, Object>> saidOfEdges() {
        Map<PlainEdges.Key, Map<String, Object>> said = new HashMap<>();
        for (JsonNode row : last.values()) {
            if (isEdge(row)) {
                JsonNode dimensions = row.get("dimensions");
                add(
                        said,
                        new PlainEdges.Key(
                                row.get("time_ms").asLong(),
                                dimensions.get("client").asText(),
                                dimensions.get("server").asText(),
                                dimensions.path("connection_type").asText("")),
                        saidOfEdge(row));
            }
        }
        return said;
    }

    private static Map<String, Object> saidOfEdge(JsonNode row) {
        Map<String, Object> said = new TreeMap<>();
        for (String name : List.of("count", "error_count", "server_count", "client_count")) {
            said.put(name, row.get(name).asLong());
        }
        for (String prefix : List.of("", "client_")) {
            for (String name : List.of("sum_duration_us", "max_duration_us", "min_duration_us")) {
                said.put(prefix + name, row.get(prefix + name).asLong());
            }
            said.put(prefix + "buckets", wholes(row.get(prefix + "buckets")));
        }
        return said;
    }
}

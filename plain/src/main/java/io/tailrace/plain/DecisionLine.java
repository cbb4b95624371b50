package io.tailrace.plain;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;
import java.util.TreeMap;

/**
 * What must be the same in the records of decisions however a job ran; all but whether a deadline
 * or the end of the input set it off, which depends on the last watermark.
 *
 * @param early whether it was decided before its deadline
 * @param late whether it is the second record, which sums up the late spans
 */
public record DecisionLine(
        String traceId,
        boolean early,
        boolean late,
        long firstSeen,
        long decided,
        String decision,
        String policy,
        Map<String, String> votes,
        int spans,
        int lateSpans,
        long startUnixNano,
        long durationMillis) {

    /** Of a record as it is written to files and topics. */
    public static DecisionLine of(JsonNode record) {
        Map<String, String> votes = new TreeMap<>();
        record.path("votes")
                .properties()
                .forEach(vote -> votes.put(vote.getKey(), vote.getValue().asText()));
        return new DecisionLine(
                record.path("trace_id").asText(),
                record.path("trigger").asText().equals("eager"),
                record.path("trigger").asText().equals("late"),
                record.path("first_seen_ms").asLong(),
                record.path("decided_ms").asLong(),
                record.path("decision").asText(),
                record.path("policy").isNull() ? null : record.path("policy").asText(),
                votes,
                record.path("spans").asInt(),
                record.path("late_spans").asInt(),
                record.path("start_unix_nano").asLong(),
                record.path("duration_ms").asLong());
    }
}

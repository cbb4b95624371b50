package io.tailrace.sinks.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Vote;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** A decision as JSON. */
public final class DecisionFormat implements JsonFormat<DecisionRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void write(DecisionRecord record, JsonGenerator json) throws IOException {
        json.writeStringField("trace_id", record.traceId().hex());
        json.writeStringField("decision", lower(record.decision().verdict()));
        json.writeStringField("policy", record.decision().policy());
        json.writeObjectFieldStart("votes");
        writeVotes(record, json);
        json.writeEndObject();
        json.writeStringField("trigger", lower(record.trigger()));
        json.writeNumberField("spans", record.spans());
        json.writeNumberField("bytes", record.bytes());
        json.writeFieldName("start_unix_nano");
        json.writeNumber(Long.toUnsignedString(record.startUnixNano()));
        json.writeNumberField("duration_ms", record.durationMillis());
        json.writeStringField("root_service", record.rootService());
        json.writeStringField("root_name", record.rootName());
        json.writeNumberField("first_seen_ms", record.firstSeen());
        json.writeNumberField("decided_ms", record.decided());
        json.writeNumberField("late_spans", record.lateSpans());
        if (record.adjustedCount() == null) {
            json.writeNullField("adjusted_count");
        } else {
            json.writeNumberField("adjusted_count", record.adjustedCount());
        }
        json.writeBooleanField("complete", record.complete());
    }

    /** What each policy said, by its name: the members of {@code votes}. */
    public static void writeVotes(DecisionRecord record, JsonGenerator json) throws IOException {
        for (Map.Entry<String, Vote> vote : record.decision().votes().entrySet()) {
            json.writeStringField(vote.getKey(), lower(vote.getValue()));
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

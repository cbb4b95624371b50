package io.tailrace.jobs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

import java.util.List;

/**
 * What a job wrote.
 *
 * @param messages the kept spans, as they were written: each of one trace
 */
public record Results(
        List<DecisionLine> decisions,
        List<ExportTraceServiceRequest> messages,
        List<JsonNode> deadLetters) {

    public List<PlainSpan> kept() {
        return messages.stream().flatMap(each -> PlainSpan.of(each).stream()).toList();
    }
}

package io.tailrace.jobs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.plain.DecisionLine;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.PlainSpan;

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

    /** Fails unless they are what a plain sampler gives. */
    public void assertSame(String what, PlainSampler plain) {
        Counted.assertSame(what + ", decisions", decisions, plain.decisions());
        Counted.assertSame(what + ", kept spans", kept(), plain.kept());
    }
}

package io.tailrace.demo.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.demo.Compared;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.plain.DecisionLine;
import io.tailrace.plain.Differences;
import io.tailrace.plain.PlainRequest;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.PlainSpan;
import io.tailrace.plain.Sampling;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the job wrote, against a plain reading of the same requests by one thread. */
final class Comparison {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlainSampler plain;

    Comparison(List<PlainRequest> requests, SamplingSettings settings) {
        plain =
                PlainSampler.of(
                        requests,
                        new Sampling(
                                settings.decisionWait(),
                                settings.decisionTtl(),
                                settings.eagerRelease(),
                                0));
    }

    /** How many records of decisions there must be. */
    int decisions() {
        return plain.decisions().size();
    }

    List<Compared> with(Broker broker) throws Exception {
        List<DecisionLine> decisions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.decisions().records()) {
            decisions.add(DecisionLine.of(JSON.readTree(record.value())));
        }
        List<PlainSpan> kept = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.sampled().records()) {
            kept.addAll(PlainSpan.of(ExportTraceServiceRequest.parseFrom(record.value())));
        }
        List<String> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.deadLetters().records()) {
            letters.add(new String(record.value(), StandardCharsets.UTF_8));
        }
        return List.of(
                new Compared(
                        "decisions",
                        plain.decisions().size(),
                        Differences.ofElements(decisions, plain.decisions())),
                new Compared(
                        "kept spans",
                        plain.kept().size(),
                        Differences.ofElements(kept, plain.kept())),
                new Compared("dead letters", 0, letters));
    }
}

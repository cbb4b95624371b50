package io.tailrace.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.broker.KafkaTopic;
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

/** What a job sampled, against a plain reading of the same requests by one thread. */
public final class SamplingComparison {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlainSampler plain;

    /**
     * @param requests in the order of their arrival
     */
    public SamplingComparison(List<PlainRequest> requests, SamplingSettings settings) {
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
    public int decisions() {
        return plain.decisions().size();
    }

    /**
     * Compares the decisions.
     *
     * @param records each in JSON
     */
    public Compared decisions(List<String> records) throws JsonProcessingException {
        List<DecisionLine> decisions = new ArrayList<>();
        for (String each : records) {
            decisions.add(DecisionLine.of(JSON.readTree(each)));
        }
        return new Compared(
                "decisions",
                plain.decisions().size(),
                Differences.ofElements(decisions, plain.decisions()));
    }

    /** Compares the spans of kept traces. */
    public Compared keptSpans(KafkaTopic sampled) throws Exception {
        List<PlainSpan> kept = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : sampled.records()) {
            kept.addAll(PlainSpan.of(ExportTraceServiceRequest.parseFrom(record.value())));
        }
        return new Compared(
                "kept spans", plain.kept().size(), Differences.ofElements(kept, plain.kept()));
    }

    /** There must be none. */
    public static Compared deadLetters(KafkaTopic letters) throws Exception {
        return new Compared("dead letters", 0, texts(letters));
    }

    /** The values of all records. */
    public static List<String> texts(KafkaTopic topic) throws Exception {
        return topic.records().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}

package io.tailrace.jobs.cli;

import io.tailrace.jobs.testing.RandomTraffic;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.PlainSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What a preview says of policies that wait for the end of a trace or for a budget. */
class PreviewCausesTest {

    private static final String TOO_LITTLE =
            "{ type: rate_limiting, rate_limiting: { spans_per_second: 1, burst_capacity: 1 } }";
    private static final String NEVER = "{ type: latency, latency: { threshold_ms: 100000000 } }";

    private static final String SPEC =
            """
            kind: tail-sampling
            name: shop
            source: { generator: {} }
            tail_sampling:
              policies:
                - { name: slow, type: latency, latency: { threshold_ms: 100000000 } }
                - { name: large, type: span_count, span_count: { min_spans: 100000 } }
                - { name: debugged, type: trace_state, trace_state: { key: no, values: [x] } }
                - { name: unmet, type: and, and: { and_sub_policy: [ %1$s, %2$s ] } }
                - name: poor
                  type: and
                  and: { and_sub_policy: [ { type: always_sample }, %1$s ] }
                - name: one-poor
                  type: composite
                  composite:
                    max_total_spans_per_second: 1
                    composite_sub_policy:
                      - { name: one-slow, type: latency, latency: { threshold_ms: 100000000 } }
                      - name: one-some
                        type: and
                        and: { and_sub_policy: [ { type: always_sample }, %1$s ] }
                - name: none-met
                  type: composite
                  composite:
                    max_total_spans_per_second: 1
                    composite_sub_policy:
                      - { name: none-slow, type: latency, latency: { threshold_ms: 100000000 } }
                      - name: none-some
                        type: and
                        and: { and_sub_policy: [ %1$s, %2$s ] }
            sinks: { decisions: [ { file: { path: unwritten } } ] }
            """
                    .formatted(TOO_LITTLE, NEVER);

    @TempDir private Path folder;

    @Test
    void whatKeptThemFromSamplingIsToldByTheirParts() throws Exception {
        Traffic traffic = RandomTraffic.of(15, 50);
        Path input = folder.resolve("traffic.bin");
        traffic.writeTo(input);
        Path spec = Files.writeString(folder.resolve("shop.yaml"), SPEC);

        String text =
                new PreviewRuns()
                        .good(
                                "preview",
                                spec.toString(),
                                "--input",
                                input.toString(),
                                "--encoding=otlp_proto",
                                "--trace",
                                large(traffic));

        String end = "at the end, with all spans known";
        assertSettled(text, "slow", end);
        assertSettled(text, "large", end);
        assertSettled(text, "debugged", "no span met it until the end");
        assertSettled(text, "unmet", "a policy within did not sample");
        assertSettled(text, "poor", "its budget had no room");
        assertSettled(text, "one-poor", "its budget had no room");
        assertSettled(text, "none-met", "no policy within sampled");
    }

    /** A trace with more spans than the budgets ever have room for. */
    private static String large(Traffic traffic) {
        Map<String, Long> spans =
                traffic.requests().stream()
                        .flatMap(request -> PlainSpan.of(request.otlp()).stream())
                        .collect(Collectors.groupingBy(PlainSpan::traceId, Collectors.counting()));
        return Collections.max(spans.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private static void assertSettled(String text, String policy, String words) {
        assertThat(PreviewTable.line(text, policy))
                .contains(" not sampled ")
                .endsWith("  " + words);
    }
}

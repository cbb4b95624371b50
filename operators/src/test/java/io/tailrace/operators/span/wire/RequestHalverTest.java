package io.tailrace.operators.span.wire;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RandomRequests;
import io.tailrace.operators.span.UnknownFields;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RequestHalverTest {

    @Test
    void halvesJoinToTheSameSpansInTheSameOrder() {
        RequestHalver halver = new RequestHalver();
        int halved = 0;
        for (long seed = 0; seed < 1500; seed++) {
            ExportTraceServiceRequest request =
                    new UnknownFields(seed).addTo(new RandomRequests(seed).next());
            List<PlacedSpan> spans = PlacedSpan.of(request);
            if (spans.size() < 2) {
                continue;
            }
            halved++;

            List<byte[]> halves = halver.halve(request.toByteArray());

            List<PlacedSpan> first = PlacedSpan.of(halves.get(0));
            List<PlacedSpan> joined = new ArrayList<>(first);
            joined.addAll(PlacedSpan.of(halves.get(1)));
            assertThat(halves).as("seed %d", seed).hasSize(2);
            assertThat(first).as("seed %d", seed).hasSize(spans.size() / 2);
            assertThat(joined).as("seed %d", seed).isEqualTo(spans);
        }
        assertThat(halved).isGreaterThan(500);
    }
}

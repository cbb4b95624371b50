package io.tailrace.operators.discovery.local;

import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.discovery.TestDiscoverySettings;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.span.wire.RequestWalker;

import java.util.ArrayList;
import java.util.List;

/** What is told of spans to those that join them. */
public final class SidesOfRequests {

    private SidesOfRequests() {}

    public static List<SideBlock> of(
            ExportTraceServiceRequest request, long arrival, int maxParallelism)
            throws UnreadableException {
        List<SideBlock> blocks = new ArrayList<>();
        Discovering discovering =
                new Discovering(
                        new TestDiscoverySettings().make(),
                        TestMetricsSettings.APPLICATION,
                        new UnregisteredMetricsGroup(),
                        new SimpleCounter(),
                        sighting -> {},
                        maxParallelism,
                        blocks::add);
        discovering.arrival(arrival);
        new RequestWalker()
                .walk(
                        request.toByteArray(),
                        (reason, error, bytes, from, to) -> {},
                        discovering.spans());
        discovering.handOnAll();
        return blocks;
    }
}

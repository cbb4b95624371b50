package io.tailrace.demo;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.jobs.pipeline.PipelineSpec;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.plain.Differences;
import io.tailrace.plain.MetricRows;
import io.tailrace.plain.PlainMetrics;
import io.tailrace.plain.PlainRequest;
import io.tailrace.plain.discovery.InventoryRows;
import io.tailrace.plain.discovery.PlainDiscovery;
import io.tailrace.plain.discovery.PlainSighting;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the spans back from Kafka, and compares what the pipeline made of them with what a plain
 * reading does: span objects, one thread, nothing of the product but its settings.
 */
final class SelfCheck {

    private static final String DECISIONS =
            "select to_jsonb(made)::text from apm_sampling_decision made";

    /** Rows as files have them. */
    private static final String METRICS =
            """
            select (to_jsonb(metric) || jsonb_build_object(
                'time_ms', (extract(epoch from time) * 1000)::bigint))::text
            from %s metric
            """;

    private final PipelineSpec spec;
    private final Servers servers;

    SelfCheck(PipelineSpec spec, Servers servers) {
        this.spec = spec;
        this.servers = servers;
    }

    /**
     * Makes all comparisons.
     *
     * @param sent requests
     * @param told is told of each
     * @return whether all was the same
     */
    boolean run(long sent, Consumer<Compared> told) throws Exception {
        List<PlainRequest> requests = requests();
        List<Compared> all = new ArrayList<>();
        Consumer<Compared> each = all::add;
        each = each.andThen(told);
        each.accept(ofRequests(sent, requests.size()));
        SamplingComparison sampling = new SamplingComparison(requests, spec.tailSampling());
        each.accept(sampling.decisions(texts(DECISIONS)));
        each.accept(sampling.keptSpans(servers.sampled()));
        checkMetrics(requests, each);
        checkInventory(requests, each);
        each.accept(SamplingComparison.deadLetters(servers.deadLetters()));
        return all.stream().allMatch(Compared::isSame);
    }

    /** Whether all that was sent was read back; of nothing, nothing is proved. */
    static Compared ofRequests(long sent, long readBack) {
        List<String> differences = new ArrayList<>();
        if (sent == 0) {
            differences.add("none was sent, so that there is nothing to compare");
        }
        if (readBack != sent) {
            differences.add("%d read back instead of %d".formatted(readBack, sent));
        }
        return new Compared("requests", sent, differences);
    }

    /** In the order of their arrival, which is the records' timestamp. */
    private List<PlainRequest> requests() throws Exception {
        List<PlainRequest> requests = new ArrayList<>();
        SharedAttributes attributes = new SharedAttributes();
        for (ConsumerRecord<byte[], byte[]> record : servers.spans().records()) {
            requests.add(
                    new PlainRequest(
                            record.timestamp(),
                            attributes.in(ExportTraceServiceRequest.parseFrom(record.value()))));
        }
        requests.sort(Comparator.comparingLong(PlainRequest::arrival));
        return requests;
    }

    private void checkMetrics(List<PlainRequest> requests, Consumer<Compared> told)
            throws Exception {
        VirtualMetricsSettings settings = spec.virtualMetrics();
        PlainMetrics plain =
                new PlainMetrics(
                        requests,
                        settings.window(),
                        settings.windowWait(),
                        settings.allowedLateness(),
                        settings.serviceGraph().pairingWait());
        List<String> lines = new ArrayList<>(texts(METRICS.formatted("apm_metric_red")));
        lines.addAll(texts(METRICS.formatted("apm_metric_edge")));
        MetricRows rows = new MetricRows(lines);
        told.accept(
                new Compared(
                        "metric rows of spans",
                        plain.rowsOfSpans(),
                        plain.differencesOfSpans(rows)));
        told.accept(
                new Compared(
                        "metric rows of calls",
                        plain.rowsOfEdges(),
                        plain.differencesOfEdges(rows)));
    }

    private void checkInventory(List<PlainRequest> requests, Consumer<Compared> told)
            throws Exception {
        DiscoverySettings settings = spec.discovery();
        PlainDiscovery plain =
                new PlainDiscovery(settings.pairingWait().toMillis(), settings.maxValueBytes());
        requests.forEach(each -> plain.see(each.otlp(), each.arrival()));
        long kept = settings.ttl().plus(settings.refresh()).toMillis();
        List<PlainSighting> seen = plain.all();
        told.accept(
                new Compared(
                        "inventory rows",
                        seen.size(),
                        Differences.ofElements(
                                InventoryRows.of(servers.database()),
                                seen.stream().map(each -> each.row(kept)).toList())));
    }

    private List<String> texts(String query) throws Exception {
        List<String> texts = new ArrayList<>();
        try (Statement statement = servers.database().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}

package io.tailrace.jobs.deploy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.JobRun;
import io.tailrace.jobs.testing.MadeTraffic;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.PlainRequest;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.remotewrite.StrictReceiver;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresServer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A pipeline of which Prometheus would learn: it has each part and each sink, and its input what
 * makes the counters come up that are there only once there is something to count: spans that are
 * too late, too many values, rows that a table refuses.
 */
final class ObservedJob implements AutoCloseable {

    private static final String SPEC =
            """
            kind: pipeline
            name: observed
            source:
              kafka: { bootstrap_servers: "%1$s", topics: [%2$s], starting_offsets: earliest }
            tail_sampling:
              decision_wait: 1s
              policies: [ { name: all, type: always_sample } ]
            virtual_metrics:
              naming: otel
              window: 10s
              wait: 1s
              limits: { max_values: 2 }
              service_graph: { pairing_wait: 1s, max_waiting_spans: 1 }
            discovery: { pairing_wait: 1s }
            hosts:
              http: { url: "http://127.0.0.1:1/{ip}", mapping: { cloud_id: /cloud, host_id: /host } }
              gse: { url: "http://127.0.0.1:1/v2/", app_code: apm, app_secret: "${%6$s}" }
            sinks:
              spans: [ { kafka: { topic: %3$s } } ]
              decisions: [ { jdbc: { url: "%4$s", user: %5$s, password: "${%6$s}" } } ]
              metrics:
                - { kafka: { topic: %3$s, encoding: otlp_proto } }
                - { prometheus_remote_write: { url: "%7$s" } }
              inventory: [ { jdbc: { url: "%4$s", user: %5$s, password: "${%6$s}" } } ]
              dead_letters: [ { kafka: { topic: %3$s } } ]
            flink:
              execution.checkpointing.interval: 1s
              metrics.reporter.push.factory.class: \
            org.apache.flink.metrics.prometheus.PrometheusPushGatewayReporterFactory
              metrics.reporter.push.hostUrl: "%8$s"
              metrics.reporter.push.interval: 500 ms
              metrics.reporter.push.jobName: observed
            """;

    private static final int CALLS = 40;

    private final StrictReceiver prometheus = new StrictReceiver();
    private final PushGateway gateway = new PushGateway();
    private final JobRun run;

    ObservedJob(KafkaBroker broker, PostgresDatabase database, Path folder) throws Exception {
        SchemaMigration.run(database.asDatabase());
        database.execute("alter table apm_sampling_decision add check (spans < 0)");
        KafkaTopic in = broker.topic("in", 2);
        send(in);
        run =
                JobRun.start(
                        SPEC.formatted(
                                broker.address(),
                                in.name(),
                                broker.topic("out", 1).name(),
                                database.url(),
                                PostgresServer.USER,
                                PostgresServer.PASSWORD_VARIABLE,
                                prometheus.url(),
                                gateway.url()),
                        folder,
                        2);
    }

    private static void send(KafkaTopic topic) throws Exception {
        long start = System.currentTimeMillis() - Duration.ofHours(3).toMillis();
        long late = start + Duration.ofHours(1).toMillis();
        MadeTraffic made = new MadeTraffic("shop");
        for (int i = 0; i < CALLS; i++) {
            made.call(start + i * 1000L, "storefront", "cart", "GET /cart/" + i);
        }
        made.call(start, "storefront", "cart", "GET /cart");
        made.call(late + Duration.ofMinutes(10).toMillis(), "storefront", "cart", "GET /cart");
        List<ExportTraceServiceRequest> requests =
                made.traffic().requests().stream().map(PlainRequest::otlp).toList();

        new Traffic(made.traffic().requests().subList(0, CALLS)).sendTo(topic);
        ExportTraceServiceRequest alone =
                requests.get(CALLS).toBuilder().removeResourceSpans(1).build();
        topic.send(0, start + CALLS * 1000L, alone.toByteArray());
        for (int partition = 0; partition < topic.partitions(); partition++) {
            topic.send(partition, late, requests.get(0).toByteArray());
            topic.send(partition, late, "no request".getBytes(StandardCharsets.UTF_8));
        }
        // Ends after it arrives.
        topic.send(0, late, requests.get(CALLS + 1).toByteArray());
        topic.flush();
    }

    /** The names of labels by the names of metrics, of all that it told Prometheus so far. */
    Map<String, Set<String>> labelsByName() {
        Map<String, Set<String>> all = new TreeMap<>(gateway.labelsByName());
        for (Map<String, String> labels : prometheus.values().keySet()) {
            all.computeIfAbsent(labels.get("__name__"), name -> new TreeSet<>())
                    .addAll(
                            labels.keySet().stream()
                                    .filter(label -> !label.equals("__name__"))
                                    .collect(Collectors.toSet()));
        }
        return all;
    }

    @Override
    public void close() {
        try (prometheus;
                gateway) {
            run.close();
        }
    }
}

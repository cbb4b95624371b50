package io.tailrace.jobs.convert;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the Collector can be told, the converter says what became of it. */
class EveryKeyTest {

    @TempDir private Path folder;

    /**
     * @param component what has the key
     * @param key with those around it
     * @param value some value
     * @param written a part of the spec where it is carried over; empty where it is not
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "tail_sampling | decision_wait | 45s | decision_wait: 45s",
                "tail_sampling | decision_wait | 45 | -",
                "tail_sampling | decision_wait_after_root_received | 1s | received: 1s",
                "tail_sampling | num_traces | 5 | -",
                "tail_sampling | expected_new_traces_per_sec | 5 | -",
                "tail_sampling | block_on_overflow | true | -",
                "tail_sampling | decision_cache.sampled_cache_size | 5 | -",
                "tail_sampling | decision_cache.non_sampled_cache_size | 5 | -",
                "tail_sampling | sample_on_first_match | true | -",
                "tail_sampling | drop_pending_traces_on_shutdown | true | -",
                "tail_sampling | maximum_trace_size_bytes | 5000000 | max_bytes_per_trace: 5000000",
                "tail_sampling | maximum_trace_size_bytes | 0 | -",
                "tail_sampling | sampling_strategy | trace-complete | -",
                "tail_sampling | sampling_strategy | span-ingest | -",
                "tail_sampling | num_shards | 4 | -",
                "tail_sampling | tail_storage | pebble | -",
                "tail_sampling | something_new | 4 | -",
                "spanmetrics | namespace | shop | -",
                "spanmetrics | namespace | traces.span.metrics | -",
                "spanmetrics | dimensions | [ { name: a, default: b } ] | { attribute: a, default: b }",
                "spanmetrics | dimensions | [ { glob: a.* } ] | -",
                "spanmetrics | dimensions | [ { name: span.name } ] | -",
                "spanmetrics | calls_dimensions | [ { name: a } ] | -",
                "spanmetrics | histogram.dimensions | [ { name: a } ] | -",
                "spanmetrics | events.dimensions | [ { name: a } ] | dimensions",
                "spanmetrics | exclude_dimensions | [status.code] | - { attribute: span.kind }",
                "spanmetrics | exclude_dimensions | [collector.instance.id] | -",
                "spanmetrics | histogram.disable | true | -",
                "spanmetrics | histogram.unit | s | -",
                "spanmetrics | histogram.unit | ms | -",
                "spanmetrics | histogram.explicit.buckets | [1ms, 1m30s] | buckets: [1ms, 1m30s]",
                "spanmetrics | histogram.explicit.else | 1 | -",
                "spanmetrics | histogram.exponential.max_size | 20 | exponential: { max_size: 20 }",
                "spanmetrics | histogram.else | 1 | -",
                "spanmetrics | metrics_flush_interval | 30s | window: 30s",
                "spanmetrics | metrics_flush_interval | 500ms | -",
                "spanmetrics | metrics_expiration | 2h | series_expiration: 2h",
                "spanmetrics | metrics_expiration | 0s | -",
                "spanmetrics | series_expiration | 3h | series_expiration: 3h",
                "spanmetrics | series_expiration | 1s | series_expiration: 370s",
                "spanmetrics | aggregation_temporality | DELTA | -",
                "spanmetrics | aggregation_temporality | CUMULATIVE | -",
                "spanmetrics | aggregation_cardinality_limit | 77 | limits: { max_series: 77 }",
                "spanmetrics | aggregation_cardinality_limit | 0 | -",
                "spanmetrics | dimensions_cache_size | 5 | -",
                "spanmetrics | resource_metrics_cache_size | 5 | -",
                "spanmetrics | resource_metrics_key_attributes | [a] | -",
                "spanmetrics | metric_timestamp_cache_size | 5 | -",
                "spanmetrics | exemplars.enabled | true | -",
                "spanmetrics | exemplars.max_per_data_point | 5 | -",
                "spanmetrics | events.enabled | true | events: { enabled: true }",
                "spanmetrics | include_instrumentation_scope | [a] | -",
                "spanmetrics | add_resource_attributes | true | -",
                "spanmetrics | enable_metrics_sampling_method | true | -",
                "spanmetrics | something_new | 4 | -",
                "servicegraph | latency_histogram_buckets | [1ms, 2s] | buckets: [1ms, 2s]",
                "servicegraph | exponential_histogram_max_size | 20 | exponential: { max_size: 20 }",
                "servicegraph | exponential_histogram_max_size | 0 | -",
                "servicegraph | dimensions | [a] | -",
                "servicegraph | store.ttl | 12s | pairing_wait: 12s",
                "servicegraph | store.max_items | 12 | -",
                "servicegraph | store.else | 12 | -",
                "servicegraph | store_expiration_loop | 2s | -",
                "servicegraph | cache_loop | 2s | -",
                "servicegraph | metrics_flush_interval | 30s | window: 30s",
                "servicegraph | metrics_timestamp_offset | 2s | -",
                "servicegraph | virtual_node_peer_attributes | [a, b] | attributes: [a, b]",
                "servicegraph | virtual_node_peer_attributes | [] | attributes: []",
                "servicegraph | virtual_node_extra_label | true | -",
                "servicegraph | database_name_attributes | [a] | database_name_attributes: [a]",
                "servicegraph | database_name_attribute | a | database_name_attributes: [a]",
                "servicegraph | metrics_exporter | a | -",
                "servicegraph | something_new | 4 | -",
                "kafka | session_timeout | 10s | -",
                "kafka | client_id | me | client.id: me",
                "kafka | autocommit.enable | true | -",
                "kafka | traces.topics | [a, b] | topics: [a, b]",
                "kafka | traces.topics | [^a] | topic_pattern: \"a.*\"",
                "kafka | traces.encoding | jaeger_proto | encoding: otlp_proto",
                "kafka | topic | a | topics: [a]",
                "kafka | tls.cert_file | /a.crt | -",
                "kafka | tls.key_file | /a.key | -",
                "kafka | tls.insecure_skip_verify | true | security.protocol: SSL",
                "kafka | auth.sasl.mechanism | OAUTHBEARER | -",
                "kafka | auth.kerberos.realm | a | -",
                "kafka | something_new | 4 | -",
                "exporter | traces.topic | kept | topic: kept",
                "exporter | traces.topic | otlp_spans | topic: otlp_spans_sampled",
                "exporter | topic | kept | topic: kept",
                "exporter | encoding | otlp_json | encoding: otlp_json",
                "exporter | topic_from_attribute | a | -",
                "exporter | partition_traces_by_id | true | -",
                "exporter | producer.max_message_bytes | 2000000 | max_message_bytes: 2000000",
                "exporter | producer.compression | lz4 | compression.type: lz4",
                "exporter | producer.linger | 5ms | -",
                "exporter | retry_on_failure | { enabled: true } | -",
                "exporter | sending_queue | { enabled: true } | -",
                "exporter | something_new | 4 | -",
                "prometheusremotewrite | endpoint | http://a:1/w | url: \"http://a:1/w\"",
                "prometheusremotewrite | headers.X-Scope-OrgID | b | { X-Scope-OrgID: b }",
                "prometheusremotewrite | tls.ca_file | /a.pem | -",
                "prometheusremotewrite | tls.insecure | true | -",
                "prometheusremotewrite | auth.authenticator | oauth2client | -",
                "prometheusremotewrite | external_labels | { a: b } | external_labels: { a: b }",
                "prometheusremotewrite | timeout | 5s | timeout: 5s",
                "prometheusremotewrite | retry_on_failure.initial_interval | 5s | -",
                "prometheusremotewrite | retry_on_failure.max_elapsed_time | 9m | retry_time: 9m",
                "prometheusremotewrite | remote_write_queue | { queue_size: 5 } | -",
                "prometheusremotewrite | target_info | { enabled: true } | -",
                "prometheusremotewrite | something_new | 4 | -"
            })
    void everyKeyIsCarriedOrTold(String component, String key, String value, String written)
            throws IOException {
        String around = value;
        String[] keys = key.split("\\.");
        for (int i = keys.length - 1; i >= 0; i--) {
            around = "{ %s: %s }".formatted(keys[i], around);
        }
        String text = configuration(component, around);
        Convert run = Convert.run(Files.writeString(folder.resolve("collector.yaml"), text));

        assertThat(run.exitCode()).as(run.err()).isZero();
        String path =
                "."
                        + component.replace("exporter", "kafka")
                        + "."
                        + key.replaceAll("(decision_cache|autocommit)\\..*", "$1");
        assertThat(run.err())
                .as("told of under %s", path)
                .containsPattern("\\Q" + path.replaceAll("(sasl|kerberos)\\..*", "$1"));
        String spec = run.out().replaceAll("(?m)^#.*\n", "");
        assertThat(spec).contains(written == null ? "" : written);
    }

    /** The least that is needed around a component. */
    private static String configuration(String component, String keys) {
        String policies = "policies: [ { name: all, type: always_sample } ]";
        return switch (component) {
            case "tail_sampling" ->
                    "processors: { tail_sampling: %s }\n"
                            .formatted(keys.replaceFirst("\\{", "{ " + policies + ","));
            case "kafka", "exporter" ->
                    """
                    processors: { tail_sampling: { %s } }
                    receivers: { kafka: %s }
                    exporters: { kafka: %s }
                    service:
                      pipelines:
                        traces: { receivers: [kafka], processors: [tail_sampling], exporters: [kafka] }
                    """
                            .formatted(
                                    policies,
                                    component.equals("kafka") ? keys : "{}",
                                    component.equals("kafka") ? "{}" : keys);
            case "prometheusremotewrite" ->
                    """
                    connectors: { spanmetrics: {} }
                    exporters: { prometheusremotewrite: %s }
                    service:
                      pipelines:
                        traces: { exporters: [spanmetrics] }
                        metrics: { receivers: [spanmetrics], exporters: [prometheusremotewrite] }
                    """
                            .formatted(keys);
            default -> "connectors: { %s: %s }\n".formatted(component, keys);
        };
    }
}

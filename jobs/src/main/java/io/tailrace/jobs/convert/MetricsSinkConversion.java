package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;
import io.tailrace.sinks.remotewrite.RemoteWriteSettings;
import io.tailrace.sinks.remotewrite.TlsSettings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes {@code sinks.metrics} of the exporters behind the connectors that make metrics. */
final class MetricsSinkConversion {

    static final String URL = "${PROMETHEUS_REMOTE_WRITE:-http://127.0.0.1:9090/api/v1/write}";

    private static final Class<RemoteWriteSettings> BLOCK = RemoteWriteSettings.class;
    private static final String CLIENT = "the sink's client has no such setting";
    private static final String QUEUE =
            "samples are sent in their order, by as many subtasks as the job has";

    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    Map.entry("namespace", "metrics are named by naming"),
                    Map.entry("add_metric_suffixes", "metrics have their suffixes"),
                    Map.entry("translation_strategy", "metrics have their suffixes"),
                    Map.entry("send_metadata", "types and units are not sent"),
                    Map.entry("target_info", "series have their dimensions alone"),
                    Map.entry("resource_to_telemetry_conversion", "name attributes in dimensions"),
                    Map.entry("remote_write_queue", QUEUE),
                    Map.entry("sending_queue", QUEUE),
                    Map.entry("max_batch_size_bytes", "write max_samples_per_send"),
                    Map.entry("max_batch_request_parallelism", QUEUE),
                    Map.entry("protobuf_message", "remote write 1.0 is spoken"),
                    Map.entry("wal", "a checkpoint remembers what was sent"),
                    Map.entry("compression", "requests are compressed as the protocol wants"),
                    Map.entry("proxy_url", CLIENT),
                    Map.entry("read_buffer_size", CLIENT),
                    Map.entry("write_buffer_size", CLIENT),
                    Map.entry("max_idle_conns", CLIENT),
                    Map.entry("max_idle_conns_per_host", CLIENT),
                    Map.entry("max_conns_per_host", CLIENT),
                    Map.entry("idle_conn_timeout", CLIENT),
                    Map.entry("disable_keep_alives", CLIENT),
                    Map.entry("http2_read_idle_timeout", CLIENT),
                    Map.entry("http2_ping_timeout", CLIENT),
                    Map.entry("cookies", CLIENT));

    private static final Pattern SECRET_HEADERS = Pattern.compile(RemoteWriteSettings.SECRET_KEYS);

    private final CollectorFile file;
    private final Notes notes;
    private final Variables variables;
    private final Map<String, String> environment;

    MetricsSinkConversion(
            CollectorFile file, Notes notes, Variables variables, Map<String, String> environment) {
        this.file = file;
        this.notes = notes;
        this.variables = variables;
        this.environment = environment;
    }

    /**
     * The sinks.
     *
     * @param connectors the ids of those that are carried over
     * @param spans the connector spanmetrics; null for none
     */
    Written.Items convert(Set<String> connectors, Section spans) {
        Set<String> exporters = new LinkedHashSet<>();
        file.pipelines("metrics").stream()
                .filter(each -> each.receivers().stream().anyMatch(connectors::contains))
                .forEach(each -> exporters.addAll(each.exporters()));
        Written.Items sinks = new Written.Items();
        boolean deltas =
                spans != null
                        && spans.look("aggregation_temporality") instanceof Node.Scalar scalar
                        && scalar.text().contains("DELTA");
        for (String id : exporters) {
            Section from = file.section("exporters", id, notes, environment);
            switch (CollectorFile.type(id)) {
                case "prometheusremotewrite" ->
                        sinks.add(
                                new Written.Block()
                                        .put("prometheus_remote_write", remoteWrite(from, spans)));
                case "kafka" -> sinks.add(new Written.Block().put("kafka", kafka(from, deltas)));
                default ->
                        notes.left(
                                file.component("exporters", id),
                                "exporters." + id,
                                "metrics go to PostgreSQL, Kafka (as OTLP, for a Collector that has"
                                        + " this exporter), files or Prometheus by remote write");
            }
        }
        if (!sinks.hasValues()) {
            Written.Block sink = new Written.Block().put("url", URL);
            sinks.add(new Written.Block().put("prometheus_remote_write", sink));
        }
        temporality(spans, deltas, sinks);
        return sinks;
    }

    private void temporality(Section spans, boolean deltas, Written.Items sinks) {
        if (spans == null) {
            return;
        }
        boolean kafka =
                sinks.lines().stream()
                        .map(line -> (Written.Block) line.value())
                        .anyMatch(sink -> sink.lines().get(0).key().equals("kafka"));
        if (deltas && !kafka) {
            spans.left("aggregation_temporality", "Prometheus takes cumulative samples alone");
        } else if (deltas) {
            spans.changed("aggregation_temporality", "is now temporality of the sink kafka");
        } else {
            spans.carried("aggregation_temporality");
        }
        Section exemplars = spans.below("exemplars");
        exemplars.changed("enabled", "is now send_exemplars of the sink prometheus_remote_write");
        exemplars.left("max_per_data_point", "a row has the slowest span and the slowest error");
        exemplars.rest("exemplars");
    }

    private Written.Block kafka(Section from, boolean deltas) {
        Written.Block into = new Written.Block();
        into.put("bootstrap_servers", KafkaClient.brokers(from));
        Section metrics = from.below("metrics");
        Section holder = metrics.look("topic") != null ? metrics : from;
        String topic = holder.text("topic");
        holder.carried("topic");
        into.put("topic", topic == null ? "otlp_metrics" : topic);
        KafkaClient client = new KafkaClient(notes, variables);
        if (!client.encoding(metrics, from).equals("otlp_proto")) {
            notes.changed(from.node(), from.path("encoding"), "samples are written as otlp_proto");
        }
        into.put("encoding", "otlp_proto");
        if (deltas) {
            into.put("temporality", "delta");
        }
        Written.Block properties = client.properties(from);
        if (!properties.isEmpty()) {
            into.put("properties", properties);
        }
        metrics.rest("metrics");
        from.rest("the sink kafka for metrics");
        return into;
    }

    private Written.Block remoteWrite(Section from, Section spans) {
        Written.Block into = new Written.Block();
        if (!from.carry("endpoint", BLOCK, "url", into)) {
            into.put("url", URL);
        }
        authorization(from.below("auth"), into);
        headers(from, into);
        tls(from.below("tls"), into);
        from.carry("external_labels", BLOCK, "external_labels", into);
        Node exemplars = spans == null ? null : CollectorFile.object(spans.node(), "exemplars");
        if (exemplars != null
                && !CollectorFile.texts(exemplars, "enabled").equals(List.of("true"))) {
            into.put("send_exemplars", "false");
        }
        Section retries = from.below("retry_on_failure");
        retries.carryDuration("initial_interval", BLOCK, "min_backoff", into);
        retries.carryDuration("max_interval", BLOCK, "max_backoff", into);
        retries.carryDuration("max_elapsed_time", BLOCK, "retry_time", into);
        retries.left("enabled", "what the server cannot take just now is always tried again");
        retries.left("multiplier", "each wait is twice the one before");
        retries.left("randomization_factor", "waits are what they are");
        retries.rest("retry_on_failure");
        from.carryDuration("timeout", BLOCK, "timeout", into);
        REASONS.forEach(from::left);
        from.rest("the exporter prometheusremotewrite");
        return into;
    }

    private void headers(Section from, Written.Block into) {
        Node given = from.take("headers");
        if (!(given instanceof Node.Mapping mapping)) {
            return;
        }
        Written.Block headers = new Written.Block();
        mapping.entries()
                .forEach(
                        (name, entry) -> {
                            String path = from.path("headers." + name);
                            String text =
                                    entry.value() instanceof Node.Scalar scalar
                                            ? scalar.text()
                                            : "";
                            boolean secret = SECRET_HEADERS.matcher(name).matches();
                            String written =
                                    secret ? variables.secret(path, entry.value(), text) : text;
                            headers.put(name, new Written.Text(written, true));
                            if (written.equals(text)) {
                                notes.carried(entry.value(), path);
                            } else {
                                notes.changed(entry.value(), path, "is now " + written);
                            }
                        });
        into.put("headers", headers);
    }

    private void tls(Section from, Written.Block into) {
        Written.Block tls = new Written.Block();
        for (String key : List.of("ca_file", "cert_file", "key_file", "insecure_skip_verify")) {
            from.carry(key, TlsSettings.class, key, tls);
        }
        from.left("insecure", "the url says whether the connection is encrypted");
        from.rest("tls");
        if (!tls.isEmpty()) {
            into.put("tls", tls);
        }
    }

    /** What the extension says that the exporter names. */
    private void authorization(Section auth, Written.Block into) {
        String id = auth.text("authenticator");
        auth.rest("auth");
        if (id == null) {
            return;
        }
        Section from = file.section("extensions", id, notes, environment);
        Section client = from.below("client_auth");
        switch (CollectorFile.type(id)) {
            case "basicauth" -> {
                Node user = client.take("username");
                Written.Block basic = new Written.Block();
                if (user != null) {
                    basic.put("username", Written.of(user));
                    notes.carried(user, client.path("username"));
                }
                basic.put("password", secret(client, "password"));
                into.put("basic_auth", basic);
            }
            case "bearertokenauth" -> into.put("bearer_token", secret(from, "token"));
            default ->
                    notes.left(
                            auth.node(),
                            auth.path("authenticator"),
                            "a bearer token or a user and a password are what the sink has");
        }
        client.rest("client_auth");
        from.rest("the extension");
    }

    private Written secret(Section from, String key) {
        Node node = from.take(key);
        String path = from.path(key);
        String text = node instanceof Node.Scalar scalar ? scalar.text() : "";
        Node at = node == null ? from.node() : node;
        String reference = variables.secret(path, at, text);
        notes.changed(at, path, "is now " + reference);
        return new Written.Text(reference, true);
    }
}

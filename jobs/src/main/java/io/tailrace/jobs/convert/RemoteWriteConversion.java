package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;
import io.tailrace.sinks.remotewrite.RemoteWriteSettings;
import io.tailrace.sinks.remotewrite.RemoteWriteSettings.BasicAuth;
import io.tailrace.sinks.remotewrite.TlsSettings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes a sink {@code prometheus_remote_write} of an exporter prometheusremotewrite. */
final class RemoteWriteConversion {

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

    RemoteWriteConversion(
            CollectorFile file, Notes notes, Variables variables, Map<String, String> environment) {
        this.file = file;
        this.notes = notes;
        this.variables = variables;
        this.environment = environment;
    }

    /**
     * The sink.
     *
     * @param spans the connector spanmetrics; null for none
     */
    Written.Block convert(Section from, Section spans) {
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
        retries(from.below("retry_on_failure"), into);
        from.carryDuration("timeout", BLOCK, "timeout", into);
        REASONS.forEach(from::left);
        from.rest("the exporter prometheusremotewrite");
        return into;
    }

    private static void retries(Section from, Written.Block into) {
        if (from.look("initial_interval") != null && from.look("max_interval") != null) {
            from.carryDuration("initial_interval", BLOCK, "min_backoff", into);
            from.carryDuration("max_interval", BLOCK, "max_backoff", into);
        } else {
            from.left("initial_interval", "write min_backoff and max_backoff, one below the other");
            from.left("max_interval", "write min_backoff and max_backoff, one below the other");
        }
        from.carryDuration("max_elapsed_time", BLOCK, "retry_time", into);
        from.left("enabled", "what the server cannot take just now is always tried again");
        from.left("multiplier", "each wait is twice the one before");
        from.left("randomization_factor", "waits are what they are");
        from.rest("retry_on_failure");
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
        if (into.text("url").matches("(\\$\\{\\w+:-)?http:.*")) {
            for (String key : from.keys()) {
                from.left(key, "the url begins with http:");
            }
            return;
        }
        Written.Block tls = new Written.Block();
        for (String key : List.of("cert_file", "key_file")) {
            if (from.look("cert_file") == null || from.look("key_file") == null) {
                from.left(key, "a certificate and its key go together");
            } else {
                from.carry(key, TlsSettings.class, key, tls);
            }
        }
        from.carry("insecure_skip_verify", TlsSettings.class, "insecure_skip_verify", tls);
        if (tls.text("insecure_skip_verify").equals("true")) {
            from.left("ca_file", "with insecure_skip_verify no authority is asked");
        } else {
            from.carry("ca_file", TlsSettings.class, "ca_file", tls);
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
                Written.Block basic = new Written.Block();
                if (!client.carry("username", BasicAuth.class, "username", basic)) {
                    String path = client.path("username");
                    basic.put("username", variables.instead(path, client.node(), "the user"));
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

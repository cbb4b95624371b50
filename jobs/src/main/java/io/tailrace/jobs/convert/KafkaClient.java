package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the Collector's Kafka receiver and exporter have in common: brokers, TLS and SASL. */
final class KafkaClient {

    private static final String DEFAULT_BROKERS = "localhost:9092";
    private static final Map<String, String> LOGIN_MODULES =
            Map.of(
                    "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
                    "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
                    "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

    private final Notes notes;
    private final Variables variables;

    KafkaClient(Notes notes, Variables variables) {
        this.notes = notes;
        this.variables = variables;
    }

    /** As a spec has them: in one text. */
    static String brokers(Section from) {
        List<String> brokers = CollectorFile.texts(from.node(), "brokers");
        from.carried("brokers");
        return brokers.isEmpty() ? DEFAULT_BROKERS : String.join(",", brokers);
    }

    /** Kafka's own properties of how to connect. */
    Written.Block properties(Section from) {
        Written.Block into = new Written.Block();
        Section auth = from.below("auth");
        boolean above = from.look("tls") != null;
        if (above) {
            auth.left("tls", "the tls beside auth holds");
        }
        boolean given = above || auth.look("tls") != null;
        boolean encrypted = given && tls((above ? from : auth).below("tls"), into);
        boolean known = sasl(auth, into);
        if (encrypted || known) {
            String protocol = (known ? "SASL_" : "") + (encrypted ? "SSL" : "PLAINTEXT");
            into.lines().add(0, line("security.protocol", protocol));
        }
        auth.left("kerberos", "write Kafka's own properties for Kerberos (sasl.mechanism: GSSAPI)");
        auth.rest("auth");
        for (String key : List.of("client_id", "rack_id")) {
            Node value = from.take(key);
            if (value != null) {
                String property = key.replace('_', '.');
                into.put(property, Written.of(value));
                notes.changed(value, from.path(key), "is now properties." + property);
            }
        }
        from.left("protocol_version", "Kafka's client asks the brokers for it");
        from.left("resolve_canonical_bootstrap_servers_only", "write properties.client.dns.lookup");
        from.left("metadata", "Kafka's client has properties of its own for this");
        from.left("conn_idle_timeout", "write properties.connections.max.idle.ms");
        return into;
    }

    private static Written.Line line(String key, String text) {
        return new Written.Line(key, "", new Written.Text(text, false));
    }

    /** Whether connections are encrypted. */
    private boolean tls(Section from, Written.Block into) {
        if (from.isTrue("insecure")) {
            from.carried("insecure");
            from.rest("tls where insecure is true");
            return false;
        }
        from.carried("insecure");
        Node authorities = from.take("ca_file");
        if (authorities != null) {
            into.put("ssl.truststore.type", "PEM");
            into.put("ssl.truststore.location", Written.of(authorities));
            notes.changed(
                    authorities, from.path("ca_file"), "is now properties.ssl.truststore.location");
        }
        certificate(from, into);
        from.left(
                "insecure_skip_verify",
                "Kafka's client always asks who the brokers are; name an authority in ca_file");
        from.left("server_name_override", "Kafka's client goes by the brokers' names");
        for (String key : List.of("ca_pem", "cert_pem", "key_pem")) {
            from.left(key, "write it to a file, and the file's path into properties");
        }
        for (String key : List.of("min_version", "max_version")) {
            from.left(key, "write properties.ssl.enabled.protocols");
        }
        from.left("cipher_suites", "write properties.ssl.cipher.suites");
        from.rest("tls");
        return true;
    }

    /** Collectors have the client's certificate and its key in two files, Kafka's client in one. */
    private void certificate(Section from, Written.Block into) {
        Node certificate = from.take("cert_file");
        Node key = from.take("key_file");
        if (certificate == null || key == null) {
            from.left("cert_file", "a certificate and its key go together");
            from.left("key_file", "a certificate and its key go together");
            return;
        }
        String path = from.path("cert_file");
        String both =
                variables.instead(
                        path,
                        certificate,
                        "the path of one file (PEM) with key_file, as PKCS #8, and cert_file");
        into.put("ssl.keystore.type", "PEM");
        into.put("ssl.keystore.location", new Written.Text(both, true));
        String words = "is now in properties.ssl.keystore.location, as " + both;
        notes.changed(certificate, path, words);
        notes.changed(key, from.path("key_file"), words);
    }

    private boolean sasl(Section auth, Written.Block into) {
        boolean older = auth.look("plain_text") != null;
        Section from = auth.below(older ? "plain_text" : "sasl");
        if (from.keys().isEmpty()) {
            return false;
        }
        String given = older ? "PLAIN" : from.text("mechanism");
        String mechanism = given == null ? "PLAIN" : given.toUpperCase(Locale.ROOT);
        if (!LOGIN_MODULES.containsKey(mechanism)
                || !(from.take("username") instanceof Node.Scalar user)
                || !(from.take("password") instanceof Node.Scalar password)) {
            notes.left(
                    from.node(),
                    from.path(),
                    "write Kafka's own properties for the mechanism %s (sasl.mechanism,"
                                    .formatted(mechanism)
                            + " sasl.jaas.config)");
            return false;
        }
        into.put("sasl.mechanism", mechanism);
        String secret = variables.secret(from.path("password"), password, password.text());
        String module =
                "%s required username=\"%s\" password=\"%s\";"
                        .formatted(LOGIN_MODULES.get(mechanism), user.text(), secret);
        into.put("sasl.jaas.config", new Written.Text(module, true));
        from.carried("mechanism");
        notes.changed(user, from.path("username"), "is now in properties.sasl.jaas.config");
        notes.changed(
                password,
                from.path("password"),
                "is now in properties.sasl.jaas.config, as " + secret);
        from.left("version", "Kafka's client asks the brokers for it");
        from.left("aws_msk", "is for another mechanism");
        from.left("oauthbearer_token_source", "is for another mechanism");
        from.rest("sasl");
        return true;
    }

    /** Where the encoding is one that Tailrace has; the default of both where it is not. */
    String encoding(Section signal, Section from) {
        Section holder = signal.look("encoding") != null ? signal : from;
        String encoding = holder.text("encoding");
        if (encoding == null || encoding.equals("otlp_proto") || encoding.equals("otlp_json")) {
            holder.carried("encoding");
            return encoding == null ? "otlp_proto" : encoding;
        }
        holder.left("encoding", "spans are read and written as otlp_proto, otlp_json or bk_json");
        return "otlp_proto";
    }
}

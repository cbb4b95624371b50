package io.tailrace.jobs.spec;

import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.OneOf;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Spelled;
import io.tailrace.operators.settings.Typed;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A spec with something of everything, as like a real one as may be. */
record ShopSpec(
        @Setting("The job's name") String name,
        @Setting("Where spans come from") Source source,
        @Setting(value = "Which traces are kept", optional = true) TailSampling tailSampling,
        @Setting(value = "Who owns the spans", optional = true) Application application,
        @Setting(value = "Where results go", optional = true) Map<String, List<Sink>> sinks,
        @Setting(value = "Odds and ends", defaultsTo = "{}") Oddments oddments,
        @Setting(value = "Handed to Flink as it is", optional = true) Map<String, String> flink) {

    @OneOf
    @Meaning("Exactly one source of spans")
    record Source(
            @Setting("A topic of Kafka") Kafka kafka,
            @Setting("A file or folder") FileSource file) {}

    record Kafka(
            @Setting("Where to find the brokers") String bootstrapServers,
            @Setting("Which topics to read") List<String> topics,
            @Setting(value = "How spans are encoded", defaultsTo = "otlp_proto") Encoding encoding,
            @Setting(
                            value = "More of the client's own options",
                            optional = true,
                            secretKeys = ".*password.*|.*secret.*|sasl\\.jaas\\.config")
                    Map<String, String> properties) {}

    record FileSource(
            @Setting("What to read") Path path,
            @Setting(value = "Must exist", optional = true, exists = true) Path index) {}

    enum Encoding {
        OTLP_PROTO,
        OTLP_JSON
    }

    enum Status implements Spelled {
        OK,
        ERROR,
        UNSET;

        @Override
        public String spelling() {
            return name();
        }
    }

    record Application(
            @Setting(value = "Its resource attribute", optional = true) String resource,
            @Setting(value = "Where that is absent", key = "default", optional = true)
                    Integer standard) {}

    record TailSampling(
            @Setting(value = "How long to wait", defaultsTo = "30s", least = 1, most = 3_600_000)
                    Duration decisionWait,
            @Setting(value = "Shorter once the root came", optional = true)
                    Duration decisionWaitAfterRootReceived,
            @Setting(value = "Most spans of a trace", defaultsTo = "10000", least = 1)
                    int maxSpansPerTrace,
            @Setting(value = "Most bytes of a trace", defaultsTo = "16MiB", least = 1024)
                    ByteSize maxBytesPerTrace,
            @Setting(value = "Whether to stamp", defaultsTo = "false") boolean stampThreshold,
            @Setting("The policies, in order") List<NamedPolicy> policies)
            implements Checked {
        @Override
        public void check(Problems problems) {
            for (int i = 0; i < policies.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (policies.get(i).name().equals(policies.get(j).name())) {
                        problems.expected("policies[" + i + "].name", "a name of its own");
                    }
                }
            }
        }
    }

    record NamedPolicy(@Setting("Its name") String name, @Setting("What it asks") Policy policy) {}

    @Typed
    sealed interface Policy permits LeafPolicy, And {}

    sealed interface LeafPolicy extends Policy
            permits AlwaysSample, Latency, StatusCode, Probabilistic {}

    @Meaning("Keeps every trace")
    record AlwaysSample() implements LeafPolicy {}

    record Latency(
            @Setting(value = "Longer than this", least = 0) long thresholdMs,
            @Setting(value = "And not longer than this", optional = true) Long upperThresholdMs)
            implements LeafPolicy, Checked {
        @Override
        public void check(Problems problems) {
            if (upperThresholdMs != null && upperThresholdMs <= thresholdMs) {
                problems.expected("upper_threshold_ms", "more than threshold_ms");
            }
        }
    }

    record StatusCode(@Setting("Any of these") List<Status> statusCodes) implements LeafPolicy {}

    record Probabilistic(
            @Setting(value = "In percent", least = 0, most = 100) double samplingPercentage,
            @Setting(value = "Salt of the hash", optional = true) String hashSalt)
            implements LeafPolicy {}

    record And(@Setting("All of these") List<NamedPolicy> andSubPolicy) implements Policy {
        And {
            if (andSubPolicy.size() == 1) {
                throw new IllegalArgumentException("and of one policy is that policy");
            }
        }
    }

    @OneOf
    record Sink(
            @Setting("A database") Jdbc jdbc,
            @Setting("A folder of files") Folder file,
            @Setting("Standard output") Console console) {}

    record Jdbc(
            @Setting("Where it is") String url,
            @Setting(value = "Who asks", secret = true) String user,
            @Setting(value = "Their password", secret = true, optional = true) String password) {}

    record Folder(@Setting("Where to") Path path) {}

    record Console() {}

    record Oddments(
            @Setting(value = "When to begin", optional = true) Instant since,
            @Setting(value = "A factor", defaultsTo = "1.5") Double factor,
            @Setting(value = "Some shares", optional = true) Map<String, Double> shares,
            @Setting(value = "Codes", defaultsTo = "[ERROR]", most = 2) List<Status> codes,
            @Setting(value = "Names", defaultsTo = "[]") List<String> names,
            @Setting(value = "A greeting", defaultsTo = "hello") String greeting) {}

    /** Uses nearly every key. */
    static final String GOOD =
            """
            name: shop
            source:
              kafka:
                bootstrap_servers: "${KAFKA:-127.0.0.1:9092}"
                topics: [otlp_spans]
                encoding: otlp_proto
                properties: { sasl.jaas.config: "x ${PASSWORD}", fetch: { min: { bytes: 10 } } }
            tail_sampling:
              decision_wait: 20s
              decision_wait_after_root_received: 1.5s
              max_spans_per_trace: 500
              max_bytes_per_trace: 4MiB
              stamp_threshold: true
              policies:
                - { name: errors, type: status_code, status_code: { status_codes: [ERROR, UNSET] } }
                - name: slow
                  type: latency
                  latency:
                    threshold_ms: 500
                    upper_threshold_ms: 900
                - { name: all, type: always_sample }
                - name: both
                  type: and
                  and:
                    and_sub_policy:
                      - { name: some, type: probabilistic, probabilistic: { sampling_percentage: 5.5, hash_salt: x } }
                      - { name: slower, type: latency, latency: { threshold_ms: 800 } }
            application: { resource: bk_biz_id, default: 2 }
            sinks:
              spans: [ { file: { path: out/spans } }, { console: {} } ]
              metrics: [ { jdbc: { url: jdbc, user: "${USER_NAME}", password: "${PASSWORD}" } } ]
            oddments:
              since: 2026-01-01T00:00:00Z
              factor: 2
              shares: { a: 0.5, b: 1 }
              codes: [OK]
              names: [x, y]
              greeting: hi
            flink:
              parallelism.default: 2
              state.backend.type: rocksdb
              execution: { checkpointing: { interval: 10s } }
            """;

    static final Map<String, String> ENVIRONMENT =
            Map.of("PASSWORD", "hunter2-very-secret", "USER_NAME", "a-user-name", "SECONDS", "45s");

    static SpecResult<ShopSpec> read(String text, String... sets) {
        return SpecReader.read("shop.yaml", text, ShopSpec.class, List.of(sets), ENVIRONMENT);
    }

    static List<String> problems(String text, String... sets) {
        return read(text, sets).problems().stream().map(Problem::toString).toList();
    }

    /** The good spec with one text in place of another, which must be there. */
    static String changed(String from, String to) {
        if (!GOOD.contains(from)) {
            throw new IllegalArgumentException("there is no " + from);
        }
        return GOOD.replace(from, to);
    }
}

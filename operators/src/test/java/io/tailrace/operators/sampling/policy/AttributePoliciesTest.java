package io.tailrace.operators.sampling.policy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.semconv.Semconv;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What the policies on attributes say of one value, wherever it is and whatever it is called. */
class AttributePoliciesTest {

    private static final Map<String, AnyValue.Builder> VALUES =
            Map.ofEntries(
                    Map.entry("text", AnyValue.newBuilder().setStringValue("GET")),
                    Map.entry("other text", AnyValue.newBuilder().setStringValue("PUT")),
                    Map.entry("empty text", AnyValue.newBuilder().setStringValue("")),
                    Map.entry("text of a number", AnyValue.newBuilder().setStringValue("15")),
                    Map.entry("text true", AnyValue.newBuilder().setStringValue("true")),
                    Map.entry("number", AnyValue.newBuilder().setIntValue(15)),
                    Map.entry("one", AnyValue.newBuilder().setIntValue(1)),
                    Map.entry("zero", AnyValue.newBuilder().setIntValue(0)),
                    Map.entry("real", AnyValue.newBuilder().setDoubleValue(15)),
                    Map.entry("true", AnyValue.newBuilder().setBoolValue(true)),
                    Map.entry("false", AnyValue.newBuilder().setBoolValue(false)),
                    Map.entry(
                            "bytes",
                            AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("GET"))),
                    Map.entry(
                            "array",
                            AnyValue.newBuilder()
                                    .setArrayValue(
                                            ArrayValue.newBuilder()
                                                    .addValues(
                                                            AnyValue.newBuilder()
                                                                    .setStringValue("GET"))
                                                    .addValues(
                                                            AnyValue.newBuilder().setIntValue(15))
                                                    .addValues(
                                                            AnyValue.newBuilder()
                                                                    .setBoolValue(true)))),
                    Map.entry(
                            "map",
                            AnyValue.newBuilder()
                                    .setKvlistValue(
                                            KeyValueList.newBuilder()
                                                    .addValues(Requests.attribute("k", "GET")))),
                    Map.entry("nothing", AnyValue.newBuilder()));

    /** Which of the values each policy takes. */
    private static final Map<Policy, List<String>> TAKEN =
            Map.of(
                    new StringAttribute("k", List.of("GET"), false, 0, false),
                    List.of("text"),
                    new StringAttribute("k", List.of("^[A-Z]+$"), true, 1, false),
                    List.of("text", "other text"),
                    new NumericAttribute("k", 10, 20, false),
                    List.of("number"),
                    new NumericAttribute("k", -1, 0, false),
                    List.of("number", "one", "zero"),
                    new BooleanAttribute("k", true, false),
                    List.of("true"),
                    new BooleanAttribute("k", false, false),
                    List.of("false"));

    @ParameterizedTest
    @EnumSource(Traces.Place.class)
    void takeValuesOfTheirTypeInEveryPlace(Traces.Place place) {
        TAKEN.forEach(
                (policy, taken) ->
                        VALUES.forEach(
                                (name, value) -> {
                                    ExportTraceServiceRequest trace =
                                            Traces.with(place, Requests.attribute("k", value));
                                    assertSamples(policy, name, trace, taken.contains(name));
                                }));
    }

    @ParameterizedTest
    @EnumSource(Traces.Place.class)
    void takeNothingUnderAnotherKey(Traces.Place place) {
        for (String key : List.of("K", "kk", "k ", "")) {
            TAKEN.forEach(
                    (policy, taken) -> {
                        KeyValue attribute = Requests.attribute(key, VALUES.get(taken.get(0)));
                        assertSamples(policy, key, Traces.with(place, attribute), false);
                    });
        }
    }

    /** Also of the inverted policy, which says the opposite of everything. */
    private static void assertSamples(
            Policy policy, String of, ExportTraceServiceRequest trace, boolean expected) {
        assertThat(samples(policy, Semconv.AS_WRITTEN, trace))
                .as("%s of %s", policy, of)
                .isEqualTo(expected);
        assertThat(samples(inverted(policy), Semconv.AS_WRITTEN, trace))
                .as("%s of %s", inverted(policy), of)
                .isEqualTo(!expected);
        assertThat(samples(new Not(new SubPolicy(null, policy)), Semconv.AS_WRITTEN, trace))
                .as("not %s of %s", policy, of)
                .isEqualTo(!expected);
    }

    private static Policy inverted(Policy policy) {
        if (policy instanceof StringAttribute text) {
            return new StringAttribute(
                    text.key(),
                    text.values(),
                    text.enabledRegexMatching(),
                    text.cacheMaxSize(),
                    true);
        }
        return policy instanceof NumericAttribute number
                ? new NumericAttribute(number.key(), number.minValue(), number.maxValue(), true)
                : new BooleanAttribute(
                        ((BooleanAttribute) policy).key(),
                        ((BooleanAttribute) policy).value(),
                        true);
    }

    private static boolean samples(Policy policy, Semconv names, ExportTraceServiceRequest trace) {
        TestSettings settings =
                TestSettings.with(List.of(new NamedPolicy("p", policy))).semconv(names);
        return Traces.decide(settings.make(), trace).verdict() == Verdict.SAMPLED;
    }

    @ParameterizedTest
    @CsvSource({
        "http.method, http.request.method",
        "http.status_code, http.response.status_code",
        "http.url, url.full",
        "http.scheme, url.scheme",
        "http.client_ip, client.address",
        "http.user_agent, user_agent.original",
        "http.request_content_length, http.request.body.size",
        "http.response_content_length, http.response.body.size",
        "http.resend_count, http.request.resend_count",
        "net.sock.peer.addr, network.peer.address",
        "net.sock.peer.port, network.peer.port",
        "net.sock.host.addr, network.local.address",
        "net.sock.host.port, network.local.port",
        "net.peer.ip, network.peer.address",
        "net.host.ip, network.local.address",
        "net.protocol.name, network.protocol.name",
        "net.protocol.version, network.protocol.version",
        "db.system, db.system.name",
        "db.name, db.namespace",
        "db.statement, db.query.text",
        "db.operation, db.operation.name",
        "db.sql.table, db.collection.name",
        "db.mongodb.collection, db.collection.name",
        "db.cassandra.table, db.collection.name",
        "messaging.destination, messaging.destination.name",
        "messaging.operation, messaging.operation.type",
        "messaging.message_id, messaging.message.id",
        "messaging.conversation_id, messaging.message.conversation_id",
        "messaging.consumer_id, messaging.client.id",
        "messaging.client_id, messaging.client.id",
        "messaging.kafka.consumer_group, messaging.consumer.group.name",
        "faas.execution, faas.invocation_id",
        "code.filepath, code.file.path",
        "code.lineno, code.line.number",
        "deployment.environment, deployment.environment.name",
    })
    void lookUnderBothNamesWhereAskedTo(String old, String now) {
        assertFindsOnlyWithBoth(old, now);
        assertFindsOnlyWithBoth(now, old);
    }

    private static void assertFindsOnlyWithBoth(String asked, String present) {
        Map<Policy, KeyValue> met =
                Map.of(
                        new StringAttribute(asked, List.of("x"), false, 0, false),
                        Requests.attribute(present, "x"),
                        new StringAttribute(asked, List.of("x"), true, 0, false),
                        Requests.attribute(present, "x"),
                        new NumericAttribute(asked, 5, 5, false),
                        Requests.attribute(present, 5),
                        new BooleanAttribute(asked, true, false),
                        Requests.attribute(present, AnyValue.newBuilder().setBoolValue(true)));
        met.forEach(
                (policy, attribute) -> {
                    for (Traces.Place place : Traces.Place.values()) {
                        ExportTraceServiceRequest trace = Traces.with(place, attribute);
                        assertThat(samples(policy, Semconv.BOTH, trace)).as("%s", policy).isTrue();
                        assertThat(samples(policy, Semconv.AS_WRITTEN, trace))
                                .as("%s", policy)
                                .isFalse();
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        // Split, or in another form, or another's old name.
        "http.target, url.path",
        "http.target, url.query",
        "http.host, server.address",
        "net.transport, network.transport",
        "net.host.name, net.peer.name",
        "http.method, http.status_code",
    })
    void doNotTakeOneAttributeForAnother(String one, String other) {
        for (String[] pair : new String[][] {{one, other}, {other, one}}) {
            Policy policy = new StringAttribute(pair[0], List.of("x"), false, 0, false);
            assertThat(
                            samples(
                                    policy,
                                    Semconv.BOTH,
                                    Traces.with(
                                            Traces.Place.SPAN, Requests.attribute(pair[1], "x"))))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"http.method, GET, PUT", "http.method, PUT, GET"})
    void takeEitherOfTwoNamesThatDiffer(String key, String old, String now) {
        ExportTraceServiceRequest trace =
                Requests.of(
                        Traces.span(1)
                                .addAttributes(Requests.attribute("http.method", old))
                                .addAttributes(Requests.attribute("http.request.method", now))
                                .build());
        Policy policy = new StringAttribute(key, List.of("GET"), false, 0, false);

        assertThat(samples(policy, Semconv.BOTH, trace)).isTrue();
        assertThat(samples(inverted(policy), Semconv.BOTH, trace)).isFalse();
    }
}

package io.tailrace.operators.discovery.local;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.discovery.CategoryRule;
import io.tailrace.operators.discovery.Endpoint;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.Instance;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.NodeKind;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.Sdk;
import io.tailrace.operators.discovery.TestDiscoverySettings;
import io.tailrace.operators.discovery.TopoNode;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.Stream;

import static io.tailrace.operators.span.Requests.attribute;
import static org.assertj.core.api.Assertions.assertThat;

/** What single spans show, case by case. */
class SpanItemsTest {

    private static final int INTERNAL = 1;
    private static final int SERVER = 2;
    private static final int CLIENT = 3;
    private static final int PRODUCER = 4;
    private static final int CONSUMER = 5;
    private static final Sdk NO_SDK = new Sdk("", "", "");

    private static List<Item> shown(
            TestDiscoverySettings settings, Resource resource, int kind, KeyValue... attributes)
            throws Exception {
        Span span =
                Requests.span(new TraceId(0, 1), 1)
                        .setName("GET /order/17")
                        .setKindValue(kind)
                        .addAllAttributes(List.of(attributes))
                        .build();
        try (DiscoveryHarness<SpanRequest> discovery = DiscoveryHarness.reading(settings)) {
            discovery.send(DiscoveryHarness.request(Requests.of(resource, span), 5), 5);
            return discovery.items();
        }
    }

    private static List<Item> shown(int kind, KeyValue... attributes) throws Exception {
        return shown(new TestDiscoverySettings(), Requests.service("shop"), kind, attributes);
    }

    private static TopoNode service(int rank, String category, String predicate) {
        return new TopoNode(
                "shop", rank, NodeKind.SERVICE, category, predicate, "", List.of(), "", List.of());
    }

    private static TopoNode node(
            String key, int rank, NodeKind kind, String category, String predicate) {
        return new TopoNode(key, rank, kind, category, predicate, "", List.of(), "", List.of());
    }

    @Test
    void aPlainSpanShowsItsService() throws Exception {
        assertThat(shown(INTERNAL)).containsExactly(service(6, "other", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "http.method, http.request.method, http, 5, http.method",
        "messaging.destination, messaging.destination.name, async_backend, 2, messaging.destination",
        "rpc.system, rpc.system, rpc, 4, rpc.system",
    })
    void servicesGoByOldAndNewNamesAlike(
            String old, String now, String category, int rank, String kindKey) throws Exception {
        List<Item> items = shown(SERVER, attribute(old, "x"));
        assertThat(items)
                .contains(new Endpoint("GET /order/17", "shop", category, kindKey, "x", SERVER))
                .hasSize(2)
                .first()
                .extracting(
                        item -> ((TopoNode) item).rank(),
                        item -> ((TopoNode) item).category(),
                        item -> ((TopoNode) item).predicateValue())
                .containsExactly(rank, category, "x");
        assertThat(shown(SERVER, attribute(now, "x"))).isEqualTo(items);
    }

    @Test
    void aDatabaseIsAComponentBesideItsService() throws Exception {
        List<Item> items =
                shown(
                        CLIENT,
                        attribute("db.system", "mysql"),
                        attribute("http.method", "GET"),
                        attribute("net.peer.name", "db-1"),
                        attribute("net.peer.port", 3306));
        assertThat(items)
                .containsExactlyInAnyOrder(
                        service(6, "other", ""),
                        node("shop-mysql", 0, NodeKind.COMPONENT, "db", "mysql"),
                        new Instance(
                                "shop-mysql",
                                "mysql:db-1::3306",
                                NodeKind.COMPONENT,
                                "db",
                                "mysql",
                                NO_SDK),
                        new Endpoint("GET /order/17", "shop", "db", "db.system", "mysql", CLIENT),
                        new Relation("shop", "shop-mysql", false, NodeKind.COMPONENT, "db"));
        assertThat(
                        shown(
                                CLIENT,
                                attribute("db.system.name", "mysql"),
                                attribute("server.address", "db-1"),
                                attribute("server.port", 3306)))
                .containsExactlyInAnyOrderElementsOf(items);
        assertThat(shown(CLIENT, attribute("db.system", "mysql")))
                .as("an instance only where it has a name or an ip")
                .noneMatch(item -> item instanceof Instance);
        assertThat(
                        shown(
                                CLIENT,
                                attribute("db.system", "mysql"),
                                attribute("network.peer.address", "10.0.0.9")))
                .anyMatch(
                        item ->
                                item instanceof Instance instance
                                        && instance.instanceId().equals("mysql::10.0.0.9:"));
        assertThat(shown(INTERNAL, attribute("db.system", "mysql")))
                .as("neither called nor calling")
                .containsExactly(
                        service(6, "other", ""),
                        node("shop-mysql", 0, NodeKind.COMPONENT, "db", "mysql"));
    }

    @Test
    void messagesGoToTheBrokerAndComeFromIt() throws Exception {
        assertThat(shown(PRODUCER, attribute("messaging.system", "kafka")))
                .contains(
                        node("shop-kafka", 1, NodeKind.COMPONENT, "messaging", "kafka"),
                        new Relation("shop", "shop-kafka", true, NodeKind.COMPONENT, "messaging"));
        assertThat(shown(CONSUMER, attribute("messaging.system", "kafka")))
                .contains(
                        node("shop-kafka", 1, NodeKind.COMPONENT, "messaging", "kafka"),
                        new Relation("shop-kafka", "shop", true, NodeKind.SERVICE, "other"));
    }

    @ParameterizedTest
    @CsvSource({
        "3, shop, http:pay, false, REMOTE_SERVICE",
        "4, shop, http:pay, true, REMOTE_SERVICE",
        "2, http:pay, shop, false, SERVICE",
        "5, http:pay, shop, true, SERVICE",
    })
    void aPeerIsARemoteService(
            int kind, String from, String to, boolean asynchronous, NodeKind toKind)
            throws Exception {
        assertThat(
                        shown(
                                kind,
                                attribute("peer.service", "pay"),
                                attribute("http.request.method", "POST")))
                .containsExactlyInAnyOrder(
                        service(5, "http", "POST"),
                        node("http:pay", 5, NodeKind.REMOTE_SERVICE, "http", "pay"),
                        new Endpoint("GET /order/17", "shop", "http", "http.method", "POST", kind),
                        new Endpoint(
                                "GET /order/17", "http:pay", "http", "http.method", "POST", kind),
                        new Relation(from, to, asynchronous, toKind, "http"));
    }

    @Test
    void ownRulesGoBeforeTheCommonOnes() throws Exception {
        TestDiscoverySettings settings =
                new TestDiscoverySettings()
                        .categoryRules(
                                new CategoryRule(
                                        "cloud",
                                        "resource.cloud.platform",
                                        CategoryRule.Kind.SERVICE),
                                new CategoryRule(
                                        "cache", "cache.type", CategoryRule.Kind.COMPONENT));
        Resource cloud =
                Requests.service("shop").toBuilder()
                        .addAttributes(attribute("cloud.platform", "aws"))
                        .build();
        assertThat(shown(settings, cloud, INTERNAL, attribute("db.system", "mysql")))
                .containsExactly(service(0, "cloud", "aws"));
        assertThat(
                        shown(
                                settings,
                                Requests.service("shop"),
                                INTERNAL,
                                attribute("cloud.platform", "aws")))
                .as("of the resource alone")
                .containsExactly(service(8, "other", ""));
        assertThat(
                        shown(
                                settings,
                                Requests.service("shop"),
                                INTERNAL,
                                attribute("cache.type", "memcached"),
                                attribute("db.system", "")))
                .containsExactly(
                        service(8, "other", ""),
                        node("shop-memcached", 1, NodeKind.COMPONENT, "cache", "memcached"));
    }

    @Test
    void resourcesTellOfHostsInstancesAndSdks() throws Exception {
        Sdk sdk = new Sdk("opentelemetry", "1.2", "java");
        Resource resource =
                Requests.service("shop").toBuilder()
                        .addAttributes(attribute("telemetry.sdk.name", "opentelemetry"))
                        .addAttributes(attribute("telemetry.sdk.version", "1.2"))
                        .addAttributes(attribute("telemetry.sdk.language", "java"))
                        .addAttributes(attribute("service.instance.id", "shop-1"))
                        .addAttributes(attribute("host.ip", list("10.0.0.1", "fe80::1")))
                        .build();
        TopoNode node =
                new TopoNode(
                        "shop",
                        3,
                        NodeKind.SERVICE,
                        "rpc",
                        "game",
                        "java",
                        List.of("trpc"),
                        "node",
                        List.of(sdk));
        assertThat(
                        shown(
                                new TestDiscoverySettings(),
                                resource,
                                INTERNAL,
                                attribute("trpc.namespace", "game"),
                                attribute("rpc.system", "grpc"),
                                attribute("net.host.ip", "10.9.9.9")))
                .containsExactlyInAnyOrder(
                        node,
                        new Host("10.0.0.1", "shop"),
                        new Instance("shop", "shop-1", NodeKind.SERVICE, "rpc", "game", sdk));
    }

    @Test
    void spansTellOfTheirHostWhereResourcesDoNot() throws Exception {
        for (String name : List.of("net.host.ip", "network.local.address")) {
            assertThat(shown(INTERNAL, attribute(name, "10.0.0.1")))
                    .contains(new Host("10.0.0.1", "shop"))
                    .anyMatch(item -> item instanceof TopoNode n && n.platform().equals("node"));
        }
    }

    @Test
    void kubernetesIsWhereAllThreeNamesAre() throws Exception {
        List<String> names = List.of("k8s.bcs.cluster.id", "k8s.pod.name", "k8s.namespace.name");
        for (String missing : Stream.concat(Stream.of(""), names.stream()).toList()) {
            Resource.Builder resource =
                    Requests.service("shop").toBuilder()
                            .addAttributes(attribute("net.host.ip", "10.0.0.1"));
            names.stream()
                    .filter(name -> !name.equals(missing))
                    .forEach(name -> resource.addAttributes(attribute(name, "x")));
            assertThat(shown(new TestDiscoverySettings(), resource.build(), INTERNAL))
                    .first()
                    .extracting(item -> ((TopoNode) item).platform())
                    .isEqualTo(missing.isEmpty() ? "k8s" : "node");
        }
    }

    @Test
    void endpointsAreNamedByTemplates() throws Exception {
        TestDiscoverySettings settings =
                new TestDiscoverySettings()
                        .templates(
                                new TemplateRule("/[0-9]+", "/{id}", List.of("span.name")),
                                new TemplateRule("^GET ", "", List.of("span.name")));
        assertThat(shown(settings, Requests.service("shop"), SERVER))
                .contains(new Endpoint("/order/{id}", "shop", "other", "", "", SERVER));
    }

    private static AnyValue.Builder list(String... texts) {
        ArrayValue.Builder list = ArrayValue.newBuilder();
        for (String each : texts) {
            list.addValues(AnyValue.newBuilder().setStringValue(each));
        }
        return AnyValue.newBuilder().setArrayValue(list);
    }
}

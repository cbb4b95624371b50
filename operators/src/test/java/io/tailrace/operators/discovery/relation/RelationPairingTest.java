package io.tailrace.operators.discovery.relation;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.discovery.InPlainWords;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.NodeKind;
import io.tailrace.operators.discovery.RandomTopology;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.RemoteServiceRelation;
import io.tailrace.operators.discovery.RootEndpoint;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.TestDiscoverySettings;
import io.tailrace.operators.discovery.local.SidesOfRequests;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.testing.KeyedHarness;
import io.tailrace.operators.testing.KeyedHarness.Backend;
import io.tailrace.plain.discovery.PlainDiscovery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import static io.tailrace.operators.span.Requests.attribute;
import static org.assertj.core.api.Assertions.assertThat;

class RelationPairingTest {

    private static final long START = 1_700_000_000_000L;
    private static final long WAIT = 30_000;
    private static final int DISORDER = 20_000;
    private static final TraceId TRACE = new TraceId(1, 2);

    private static final TestDiscoverySettings SETTINGS =
            new TestDiscoverySettings().pairingWait(Duration.ofMillis(WAIT));

    private static KeyedHarness<TraceId, SideBlock, Sighting> open(
            Backend backend, TestDiscoverySettings settings) throws Exception {
        return new KeyedHarness<>(
                backend,
                () -> new RelationPairing(settings.make()),
                SideBlock::traceId,
                TraceId.TYPE,
                Sighting.TYPE,
                List.of("side-blocks"));
    }

    private static void send(
            KeyedHarness<TraceId, SideBlock, Sighting> pairing,
            ExportTraceServiceRequest request,
            long arrival)
            throws Exception {
        for (SideBlock block : SidesOfRequests.of(request, arrival, KeyedHarness.MAX_PARALLELISM)) {
            pairing.send(block, arrival);
        }
    }

    private record Turn(long time, long arrival, ExportTraceServiceRequest request) {}

    /** In any order that event time allows, through restarts with little memory. */
    @ParameterizedTest
    @EnumSource
    void findsWhatAPlainReadingFinds(Backend backend) throws Exception {
        Set<String> seen = new HashSet<>();
        for (long seed = 1; seed <= 6; seed++) {
            Random random = new Random(seed);
            RandomTopology topology = new RandomTopology(random);
            PlainDiscovery plain = new PlainDiscovery(WAIT, 1024);
            List<Turn> turns = new ArrayList<>();
            Set<Object> ids = new HashSet<>();
            for (int i = 0; i < 600; i++) {
                long arrival = START + i * 1000L - random.nextInt(90_000);
                ExportTraceServiceRequest request = topology.request();
                if (!addIds(request, ids)) {
                    continue;
                }
                plain.see(request, arrival);
                turns.add(new Turn(arrival + random.nextInt(DISORDER), arrival, request));
            }
            turns.sort(Comparator.comparingLong(Turn::time));
            TestDiscoverySettings settings =
                    new TestDiscoverySettings()
                            .pairingWait(Duration.ofMillis(WAIT))
                            .residentBudget(seed % 2 == 0 ? 1 << 20 : 30_000);
            try (var pairing = open(backend, settings)) {
                for (Turn turn : turns) {
                    send(pairing, turn.request(), turn.arrival());
                    if (random.nextInt(5) == 0) {
                        pairing.watermark(turn.time() - DISORDER - 1);
                    }
                    if (random.nextInt(60) == 0) {
                        pairing.restart(1 + random.nextInt(3));
                    }
                }
                pairing.end();

                assertThat(InPlainWords.together(pairing.output()))
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(plain.joined());
                plain.joined().forEach(each -> seen.add(each.item().entity()));
                assertThat(pairing.entries()).isZero();
                assertThat(pairing.timers()).isZero();
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrder("relation", "root_endpoint", "remote_service_relation");
    }

    /** Whether no two spans have the same id, which one of two would be left out for. */
    private static boolean addIds(ExportTraceServiceRequest request, Set<Object> ids) {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .allMatch(span -> ids.add(List.of(span.getTraceId(), span.getSpanId())));
    }

    private static ExportTraceServiceRequest of(String service, Span.Builder span) {
        return Requests.of(Requests.service(service), span.build());
    }

    private static Span.Builder span(long id, long parent, int kind, String name) {
        Span.Builder span = Requests.child(TRACE, id).setKindValue(kind).setName(name);
        return parent == 0
                ? span.clearParentSpanId()
                : span.setParentSpanId(Requests.child(TRACE, parent).getSpanId());
    }

    private static Set<Item> items(KeyedHarness<TraceId, SideBlock, Sighting> pairing) {
        return pairing.output().stream().map(Sighting::item).collect(Collectors.toSet());
    }

    /** One producer, its broker, and two consumers. */
    @Test
    void aMessageGoesFromTheBrokerToAllItsConsumers() throws Exception {
        try (var pairing = open(Backend.HASHMAP, SETTINGS)) {
            send(pairing, of("billing", span(2, 1, 5, "bill")), START);
            send(
                    pairing,
                    of(
                            "shop",
                            span(1, 0, 4, "order")
                                    .addAttributes(attribute("messaging.system", "kafka"))),
                    START + 5);
            send(pairing, of("mail", span(3, 1, 5, "mail")), START + WAIT + 5);
            send(pairing, of("late", span(4, 1, 5, "late")), START + WAIT + 6);
            pairing.end();

            assertThat(items(pairing))
                    .containsExactlyInAnyOrder(
                            new Relation("shop-kafka", "billing", true, NodeKind.SERVICE, "other"),
                            new Relation("shop-kafka", "mail", true, NodeKind.SERVICE, "other"),
                            new RootEndpoint("order", "shop", "messaging"));
            assertThat(pairing.metric("spans_without_parent")).isEqualTo(1);
        }
    }

    @Test
    void aRemoteServiceIsCalledWithinItsParentsEndpoint() throws Exception {
        try (var pairing = open(Backend.HASHMAP, SETTINGS)) {
            send(
                    pairing,
                    of(
                            "shop",
                            span(2, 1, 3, "POST")
                                    .addAttributes(attribute("http.method", "POST"))
                                    .addAttributes(attribute("peer.service", "bank"))),
                    START);
            send(pairing, of("shop", span(1, 7, 1, "charge")), START + 5);
            pairing.end();

            assertThat(items(pairing))
                    .containsExactly(new RemoteServiceRelation("http:bank", "charge", "http"));
        }
    }

    /** A trace that was settled stays so for another wait, through restarts. */
    @Test
    void aTraceHasOneRootEndpointOfTheEarliestSpan() throws Exception {
        try (var pairing = open(Backend.ROCKSDB, SETTINGS)) {
            send(pairing, of("cart", span(2, 9, 2, "inner").setStartTimeUnixNano(20)), START);
            pairing.watermark(START + WAIT - 1);
            pairing.restart(2);
            send(
                    pairing,
                    of("shop", span(3, 0, 2, "outer").setStartTimeUnixNano(10)),
                    START + WAIT);
            assertThat(pairing.output()).isEmpty();
            pairing.watermark(START + WAIT);
            assertThat(items(pairing)).containsExactly(new RootEndpoint("outer", "shop", "other"));
            pairing.restart(1);
            send(
                    pairing,
                    of("shop", span(4, 0, 2, "even earlier").setStartTimeUnixNano(5)),
                    START + 2 * WAIT);
            pairing.watermark(START + 2 * WAIT);
            send(
                    pairing,
                    of("shop", span(5, 0, 2, "another").setStartTimeUnixNano(5)),
                    START + 2 * WAIT + 1);
            pairing.end();

            assertThat(pairing.output())
                    .extracting(Sighting::item)
                    .containsExactly(
                            new RootEndpoint("outer", "shop", "other"),
                            new RootEndpoint("another", "shop", "other"));
            assertThat(pairing.entries()).isZero();
        }
    }

    @Test
    void aLinkIsAnEdgeBetweenTraces() throws Exception {
        try (var pairing = open(Backend.HASHMAP, SETTINGS)) {
            Span linked = span(1, 0, 1, "job").build();
            send(pairing, of("nightly", linked.toBuilder()), START);
            send(
                    pairing,
                    of(
                            "report",
                            Requests.child(new TraceId(8, 9), 4)
                                    .setKindValue(1)
                                    .addLinks(
                                            Span.Link.newBuilder()
                                                    .setTraceId(linked.getTraceId())
                                                    .setSpanId(linked.getSpanId()))),
                    START + 5);
            pairing.end();

            assertThat(items(pairing))
                    .containsExactly(
                            new Relation("nightly", "report", true, NodeKind.SERVICE, "other"));
        }
    }
}

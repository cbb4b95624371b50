package io.tailrace.operators.discovery.local;

import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Participant;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.TestDiscoverySettings;
import io.tailrace.operators.discovery.TopoNode;
import io.tailrace.operators.discovery.relation.ReadSide;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static io.tailrace.operators.span.Requests.attribute;
import static org.assertj.core.api.Assertions.assertThat;

class LocalDiscoveryTest {

    private static final long START = 1_700_000_000_000L;
    private static final TraceId TRACE = new TraceId(1, 2);

    /** Of a minute's refresh a quarter is 15 s, a half 30 s. */
    private static DiscoveryHarness<SpanRequest> harness() throws Exception {
        return DiscoveryHarness.reading(new TestDiscoverySettings().refresh(Duration.ofMinutes(1)));
    }

    private static void see(DiscoveryHarness<SpanRequest> discovery, String service, long arrival)
            throws Exception {
        Span span = Requests.span(TRACE, 1).setName("work").setKindValue(1).build();
        discovery.send(
                DiscoveryHarness.request(
                        Requests.of(Requests.service(service), span), START + arrival),
                START + arrival);
    }

    private static List<String> said(List<Sighting> sightings) {
        return sightings.stream()
                .map(
                        each ->
                                "%s %d-%d"
                                        .formatted(
                                                ((TopoNode) each.item()).key(),
                                                each.firstSeen() - START,
                                                each.lastSeen() - START))
                .sorted()
                .toList();
    }

    @Test
    void handsOnANewThingAtOnceAndTheRestBeforeBarriers() throws Exception {
        try (DiscoveryHarness<SpanRequest> discovery = harness()) {
            see(discovery, "shop", 100);
            see(discovery, "cart", 100);
            assertThat(said(discovery.news())).containsExactly("cart 100-100", "shop 100-100");
            see(discovery, "shop", 300);
            see(discovery, "shop", 50);
            see(discovery, "shop", 200);
            assertThat(discovery.news()).isEmpty();
            discovery.barrier();
            assertThat(said(discovery.news())).containsExactly("shop 50-300");
            discovery.barrier();
            discovery.finish();
            assertThat(discovery.news()).isEmpty();
        }
    }

    @Test
    void handsOnWhenEventTimeHasGoneOnByAQuarterOfTheRefresh() throws Exception {
        try (DiscoveryHarness<SpanRequest> discovery = harness()) {
            discovery.watermark(START);
            see(discovery, "shop", 100);
            see(discovery, "shop", 200);
            discovery.news();
            discovery.watermark(START + 14_999);
            assertThat(discovery.news()).isEmpty();
            discovery.watermark(START + 15_000);
            assertThat(said(discovery.news())).containsExactly("shop 200-200");
            see(discovery, "shop", 15_001);
            discovery.watermark(START + 29_999);
            assertThat(discovery.news()).isEmpty();
            discovery.watermark(Long.MAX_VALUE);
            assertThat(said(discovery.news())).containsExactly("shop 15001-15001");
        }
    }

    /** So that nobody takes for gone what was seen before its time was over. */
    @Test
    void handsOnAtOnceWhatWasNotHandedOnForHalfOfTheRefresh() throws Exception {
        try (DiscoveryHarness<SpanRequest> discovery = harness()) {
            see(discovery, "shop", 0);
            discovery.news();
            see(discovery, "shop", 29_999);
            assertThat(discovery.news()).isEmpty();
            see(discovery, "shop", 30_000);
            assertThat(said(discovery.news())).containsExactly("shop 29999-30000");
            see(discovery, "shop", 30_001);
            discovery.barrier();
            assertThat(said(discovery.news())).containsExactly("shop 30001-30001");
            see(discovery, "shop", 60_000);
            assertThat(discovery.news()).isEmpty();
            see(discovery, "shop", 60_001);
            assertThat(said(discovery.news())).containsExactly("shop 60000-60001");
        }
    }

    @Test
    void handsOnTheRestAtTheEnd() throws Exception {
        try (DiscoveryHarness<SpanRequest> discovery = harness()) {
            see(discovery, "shop", 0);
            see(discovery, "shop", 1);
            discovery.news();
            discovery.finish();
            assertThat(said(discovery.news())).containsExactly("shop 1-1");
        }
    }

    @Test
    void forgetsWhatItKnowsWhenItsMemoryIsUsedUp() throws Exception {
        try (DiscoveryHarness<SpanRequest> discovery =
                DiscoveryHarness.reading(new TestDiscoverySettings().localBudget(100_000))) {
            long most = 0;
            for (int i = 0; i < 2000; i++) {
                see(discovery, "shop-" + i, i);
                see(discovery, "shop-" + i, i + 5);
                most = Math.max(most, discovery.metrics.sum("discovery_bytes"));
            }
            discovery.finish();
            assertThat(most).isBetween(90_000L, 102_000L);
            assertThat(discovery.metrics.sum("discovery_budget_used_up")).isGreaterThan(5);
            assertThat(discovery.metrics.sum("discovery_shapes")).isLessThan(300);
            assertThat(discovery.seen()).hasSize(4000);
        }
    }

    @Test
    void tellsOfEachSpanInItsTraceAndInThoseThatItLinksTo() throws Exception {
        try (DiscoveryHarness<SpanRequest> discovery = harness()) {
            Span span =
                    Requests.child(TRACE, 7)
                            .setName("order placed")
                            .setKindValue(4)
                            .setStartTimeUnixNano(-5)
                            .addAttributes(attribute("messaging.system", "kafka"))
                            .addAttributes(attribute("peer.service", "billing"))
                            .addLinks(link(new TraceId(3, 4), 9))
                            .addLinks(link(new TraceId(0, 0), 9))
                            .addLinks(link(new TraceId(3, 4), 0))
                            .addLinks(Span.Link.getDefaultInstance())
                            .build();
            Resource resource =
                    Requests.service("shop").toBuilder()
                            .addAttributes(attribute("bk_biz_id", 5))
                            .addAttributes(attribute("app_name", "web"))
                            .build();
            discovery.send(DiscoveryHarness.request(Requests.of(resource, span), START), START);
            discovery.finish();
            Participant who =
                    new Participant(
                            new Application(5, "web"),
                            "shop",
                            "order placed",
                            "messaging",
                            "other",
                            "shop-kafka",
                            "messaging:billing");
            assertThat(ReadSide.all(discovery.sides()))
                    .containsExactlyInAnyOrder(
                            new ReadSide(TRACE, true, 7, 7, START, false, 4, -5, who),
                            new ReadSide(TRACE, false, Long.MAX_VALUE, 7, START, false, 4, -5, who),
                            new ReadSide(TRACE, false, 0, 7, START, false, 4, -5, who),
                            new ReadSide(new TraceId(3, 4), false, 9, 7, START, true, 4, -5, who));
        }
    }

    private static Span.Link link(TraceId trace, long span) {
        Span linked = Requests.span(trace, span).build();
        return Span.Link.newBuilder()
                .setTraceId(linked.getTraceId())
                .setSpanId(linked.getSpanId())
                .build();
    }

    @Test
    void aSpanWithoutAServiceShowsNothingAndIsCounted() throws Exception {
        try (DiscoveryHarness<SpanRequest> discovery = harness()) {
            see(discovery, "", 0);
            discovery.finish();
            assertThat(discovery.seen()).isEmpty();
            assertThat(discovery.sides()).isEmpty();
            assertThat(discovery.metrics.sum("spans_without_service")).isEqualTo(1);
        }
    }

    @Test
    void makesDeadLettersOfWhatCannotBeRead() throws Exception {
        try (DiscoveryHarness<SpanRequest> discovery = harness()) {
            discovery.send(
                    DiscoveryHarness.request(
                            Encoding.OTLP_JSON, "{".getBytes(StandardCharsets.UTF_8), START),
                    START);
            discovery.send(
                    DiscoveryHarness.request(
                            Requests.of(
                                    Requests.span(new TraceId(0, 0), 1).build(),
                                    Requests.span(TRACE, 1).build()),
                            START),
                    START);
            assertThat(discovery.deadLetters())
                    .extracting(DeadLetter::reason)
                    .containsExactly(
                            DeadLetter.Reason.MALFORMED_JSON, DeadLetter.Reason.ZERO_TRACE_ID);
            assertThat(discovery.items()).hasSize(1);
        }
    }
}

package io.tailrace.operators.discovery.local;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.discovery.CategoryRule;
import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.InPlainWords;
import io.tailrace.operators.discovery.RandomTopology;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.TestDiscoverySettings;
import io.tailrace.operators.discovery.relation.ReadSide;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.span.json.OtlpJsonReader;
import io.tailrace.plain.discovery.PlainDiscovery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** However spans come and sightings are cut, together they say what a plain reading says. */
class LocalDiscoveryAgainstPlainReadingTest {

    private static final long START = 1_700_000_000_000L;
    private static final long WAIT = 30_000;
    private static final Set<Entity> SINGLE =
            EnumSet.of(
                    Entity.TOPO_NODE,
                    Entity.ENDPOINT,
                    Entity.HOST,
                    Entity.INSTANCE,
                    Entity.RELATION);

    private static void assertSame(List<Sighting> seen, PlainDiscovery plain) {
        assertThat(InPlainWords.together(seen)).containsExactlyInAnyOrderElementsOf(plain.single());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void generatedSpans(long seed) throws Exception {
        Random random = new Random(seed);
        RandomTopology topology = new RandomTopology(random);
        boolean little = random.nextBoolean();
        TestDiscoverySettings settings =
                new TestDiscoverySettings()
                        .maxValueBytes(16)
                        .localBudget(little ? 20_000 : 32 << 20)
                        .templates(new TemplateRule("[0-9]+", "{id}", List.of("span.name")))
                        .categoryRules(
                                new CategoryRule(
                                        "cache", "cache.type", CategoryRule.Kind.COMPONENT),
                                new CategoryRule(
                                        "cloud", "resource.cloud.kind", CategoryRule.Kind.SERVICE),
                                new CategoryRule(
                                        "own", "attributes.unrelated", CategoryRule.Kind.SERVICE));
        PlainDiscovery plain =
                new PlainDiscovery(WAIT, 16)
                        .rule("cache", "component", "SR", "cache.type")
                        .rule("cloud", "service", "R", "cloud.kind")
                        .rule("own", "service", "S", "unrelated")
                        .template("[0-9]+", "{id}");
        try (DiscoveryHarness<SpanRequest> discovery = DiscoveryHarness.reading(settings)) {
            long watermark = 0;
            for (int i = 0; i < 1500; i++) {
                long arrival = START + i * 1000L - random.nextInt(120_000);
                ExportTraceServiceRequest request = topology.request();
                plain.see(request, arrival);
                discovery.send(DiscoveryHarness.request(request, arrival), arrival);
                if (random.nextInt(100) == 0) {
                    discovery.barrier();
                    assertSame(discovery.seen(), plain);
                }
                if (random.nextInt(10) == 0) {
                    watermark = Math.max(watermark, START + i * 1000L - random.nextInt(200_000));
                    discovery.watermark(watermark);
                }
            }
            discovery.finish();

            assertSame(discovery.seen(), plain);
            assertThat(plain.single().stream().map(each -> each.item().entity()))
                    .containsAll(SINGLE.stream().map(Entity::text).toList());
            assertThat(plain.joined()).hasSizeGreaterThan(20);
            assertThat(discovery.deadLetters()).isEmpty();
            assertThat(discovery.metrics.sum("spans_without_service"))
                    .isEqualTo(plain.spansWithoutService())
                    .isPositive();
            assertThat(discovery.metrics.sum("discovery_texts_cut")).isPositive();
            assertThat(discovery.metrics.sum("discovery_budget_used_up") > 0).isEqualTo(little);
            assertThat(discovery.metrics.sum("sightings_out")).isEqualTo(discovery.seen().size());
        }
    }

    @ParameterizedTest
    @CsvSource({"online-boutique, 43714", "train-ticket, 49984"})
    void realSpans(String name, int spans) throws Exception {
        Path file = Path.of("../../shared/data", name + ".otlp.jsonl.gz");
        assumeTrue(Files.exists(file), file + " is not here");
        OtlpJsonReader reader = new OtlpJsonReader();
        PlainDiscovery plain = new PlainDiscovery(WAIT, 1024);
        long arrival = 0;
        try (DiscoveryHarness<SpanRequest> discovery =
                        DiscoveryHarness.reading(new TestDiscoverySettings());
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(Files.newInputStream(file)),
                                        StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] json = line.getBytes(StandardCharsets.UTF_8);
                ExportTraceServiceRequest request =
                        ExportTraceServiceRequest.parseFrom(
                                reader.read(json, (reason, error, bytes, from, to) -> {}));
                arrival = Math.max(arrival, latestEnd(request));
                plain.see(request, arrival);
                discovery.send(
                        DiscoveryHarness.request(Encoding.OTLP_JSON, json, arrival), arrival);
                discovery.watermark(arrival - 1);
            }
            discovery.watermark(Long.MAX_VALUE);

            assertSame(discovery.seen(), plain);
            assertThat(ReadSide.all(discovery.sides()).stream().filter(ReadSide::calls))
                    .hasSize(spans);
            assertThat(discovery.metrics.sum("sightings_out"))
                    .as("hardly any thing more than a few times")
                    .isLessThan(40L * plain.single().size());
        }
    }

    private static long latestEnd(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .mapToLong(span -> span.getEndTimeUnixNano() / 1_000_000)
                .max()
                .orElse(0);
    }
}

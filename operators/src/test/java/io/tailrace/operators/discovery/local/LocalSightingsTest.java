package io.tailrace.operators.discovery.local;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.InPlainWords;
import io.tailrace.operators.discovery.NodeKind;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.RootEndpoint;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.TestDiscoverySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class LocalSightingsTest {

    private static final Application SHOP = new Application(2, "shop");
    private static final TestDiscoverySettings SETTINGS =
            new TestDiscoverySettings().refresh(Duration.ofSeconds(60));

    private static Sighting relation(String to, long first, long last) {
        return new Sighting(
                SHOP, new Relation("a", to, false, NodeKind.SERVICE, "http"), first, last);
    }

    @Test
    void sayOnceWhatIsSaidAgainAndAgain() throws Exception {
        try (DiscoveryHarness<Sighting> sightings = DiscoveryHarness.sightings(SETTINGS)) {
            for (int i = 0; i < 100; i++) {
                sightings.send(relation("b", i, i + 3), i + 3);
            }
            assertThat(sightings.news()).containsExactly(relation("b", 0, 3));
            sightings.watermark(0);
            assertThat(sightings.news()).containsExactly(relation("b", 1, 102));
            sightings.send(relation("b", 50, 50), 50);
            sightings.send(relation("c", 50, 50), 50);
            assertThat(sightings.news()).containsExactly(relation("c", 50, 50));
            sightings.barrier();
            assertThat(sightings.news()).containsExactly(relation("b", 50, 50));
            sightings.send(relation("b", 30_102, 30_102), 30_102);
            assertThat(sightings.news()).containsExactly(relation("b", 30_102, 30_102));
            sightings.send(relation("c", 51, 51), 51);
            sightings.finish();
            assertThat(sightings.news()).containsExactly(relation("c", 51, 51));
            assertThat(sightings.metrics.sum("sightings_in")).isEqualTo(104);
            assertThat(sightings.metrics.sum("sightings_out")).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5_000, 32 << 20})
    void sayTheSameHoweverTheyAreCut(long budget) throws Exception {
        Random random = new Random(budget);
        List<Sighting> all = new ArrayList<>();
        try (DiscoveryHarness<Sighting> sightings =
                DiscoveryHarness.sightings(
                        new TestDiscoverySettings()
                                .refresh(Duration.ofSeconds(10))
                                .localBudget(budget))) {
            for (int i = 0; i < 20_000; i++) {
                long last = i * 10L - random.nextInt(2000);
                Sighting sighting = any(random, last - random.nextInt(50), last);
                all.add(sighting);
                sightings.send(sighting, last);
                if (random.nextInt(500) == 0) {
                    sightings.barrier();
                }
                if (random.nextInt(100) == 0) {
                    sightings.watermark(i * 10L - 2000);
                }
            }
            sightings.finish();
            assertThat(InPlainWords.together(sightings.seen()))
                    .containsExactlyInAnyOrderElementsOf(InPlainWords.together(all));
            assertThat(sightings.metrics.sum("discovery_budget_used_up") > 0)
                    .isEqualTo(budget == 5_000);
            if (budget > 5_000) {
                assertThat(sightings.seen().size()).isLessThan(all.size() / 2);
            }
        }
    }

    private static Sighting any(Random random, long first, long last) {
        Application application = new Application(random.nextInt(2), "shop");
        String name = "service-" + random.nextInt(15);
        return switch (random.nextInt(3)) {
            case 0 -> new Sighting(application, new Host("10.0.0.1", name), first, last);
            case 1 -> new Sighting(application, new RootEndpoint("/", name, "http"), first, last);
            default ->
                    new Sighting(
                            application,
                            new Relation(name, "b", true, NodeKind.SERVICE, "http"),
                            first,
                            last);
        };
    }
}

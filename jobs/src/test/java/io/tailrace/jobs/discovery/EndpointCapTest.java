package io.tailrace.jobs.discovery;

import io.tailrace.jobs.testing.InventoryRows;
import io.tailrace.jobs.testing.JobRun;
import io.tailrace.jobs.testing.MadeTraffic;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.operators.discovery.Named;
import io.tailrace.plain.discovery.PlainDiscovery;
import io.tailrace.plain.discovery.PlainItem;
import io.tailrace.plain.discovery.PlainSighting;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Endpoint names without end leave room for all others, and those are exact. */
@ExtendWith(PostgresExtension.class)
final class EndpointCapTest {

    private static final long START = 1_714_564_800_000L;
    private static final int REQUESTS = 400;
    private static final int NAMES = 500;
    private static final int MOST = 1_000;

    @TempDir private Path folder;

    /** One service puts an id into each name; those beside it do not. */
    private static Traffic traffic() {
        MadeTraffic traffic = new MadeTraffic("shop");
        for (int i = 0; i < REQUESTS; i++) {
            long now = START + i * 100L;
            traffic.names(now, "wild", NAMES);
            traffic.call(now, "gateway", "cart", "GET /cart/" + i % 7);
            traffic.call(now, "cart", "stock", "GET /stock/" + i % 5);
        }
        return traffic.traffic();
    }

    @Test
    void aServiceHasSoManyNamesAndOthersHaveTheirs(PostgresDatabase database) throws Exception {
        SchemaMigration.run(database.asDatabase());
        Traffic traffic = traffic();
        PlainDiscovery plain = new PlainDiscovery(30_000, 1024);
        traffic.requests().forEach(each -> plain.see(each.otlp(), each.arrival()));
        Path file = folder.resolve("spans.bin");
        traffic.writeTo(file);
        String spec =
                """
                kind: discovery
                name: capped
                source: { %s }
                discovery: { max_endpoints: %d }
                %s"""
                        .formatted(
                                SamplingSpecs.file(file, "otlp_proto"),
                                MOST,
                                InventoryRows.sinks(database));

        Map<String, Long> overflowed;
        try (JobRun run = JobRun.start(spec, folder, 3)) {
            run.end();
            overflowed = run.metrics().sums("overflowed");
        }

        List<PlainSighting> tame =
                plain.all().stream().filter(each -> !isWild(each.item())).toList();
        assertThat(tame).hasSizeGreaterThan(20);
        assertThat(Stream.of("endpoint", "root_endpoint").flatMap(each -> names(database, each)))
                .hasSize(2 * (MOST + 1))
                .allMatch(name -> name.startsWith("GET /wild/") || name.equals(Named.OVERFLOW))
                .filteredOn(Named.OVERFLOW::equals)
                .hasSize(2);
        List<String> rows = new ArrayList<>(InventoryRows.withoutTimes(database));
        rows.removeIf(
                row -> row.matches("(root_)?endpoint\\|.*\\|(GET /wild/.*|__overflow__)\\|.*"));
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(InventoryRows.expectedWithoutTimes(tame));
        long more = (long) REQUESTS * NAMES - MOST;
        assertThat(overflowed).isEqualTo(Map.of("endpoint", more, "root_endpoint", more));
    }

    private static boolean isWild(PlainItem item) {
        return item.entity().endsWith("endpoint")
                && item.columns().get(0).toString().startsWith("GET /wild/");
    }

    private static Stream<String> names(PostgresDatabase database, String entity) {
        try {
            return database
                    .texts(
                            "select endpoint_name from apm_%s where service_name = 'wild'"
                                    .formatted(entity))
                    .stream();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}

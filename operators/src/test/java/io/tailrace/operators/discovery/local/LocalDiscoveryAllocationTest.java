package io.tailrace.operators.discovery.local;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.discovery.CategoryRule;
import io.tailrace.operators.discovery.TestDiscoverySettings;
import io.tailrace.operators.discovery.relation.ReadSide;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.RequestWalker;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static io.tailrace.operators.span.Requests.attribute;
import static org.assertj.core.api.Assertions.assertThat;

/** A span of a known shape makes the bytes of its sides and nothing else. */
class LocalDiscoveryAllocationTest {

    private static final int SPANS = 2000;
    private static final int REQUESTS = 100;
    private static final int MAX_PARALLELISM = 16;
    private static final long START = 1_700_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aKnownSpanMakesTheBytesOfItsSidesAlone() throws Exception {
        AtomicLong sightings = new AtomicLong();
        List<SideBlock> sides = new ArrayList<>();
        Discovering discovering =
                new Discovering(
                        new TestDiscoverySettings()
                                .templates(new TemplateRule("[0-9]+", "{id}", List.of("span.name")))
                                .categoryRules(
                                        new CategoryRule(
                                                "own", "own.thing", CategoryRule.Kind.SERVICE))
                                .make(),
                        TestMetricsSettings.APPLICATION,
                        new UnregisteredMetricsGroup(),
                        new SimpleCounter(),
                        sighting -> sightings.incrementAndGet(),
                        MAX_PARALLELISM,
                        sides::add);
        RequestWalker walker = new RequestWalker();
        byte[] request = request();
        discovering.arrival(START);
        for (int i = 0; i < 20; i++) {
            walker.walk(request, (reason, error, bytes, from, to) -> {}, discovering.spans());
        }
        long known = sightings.get();
        sides.clear();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < REQUESTS; i++) {
            walker.walk(request, (reason, error, bytes, from, to) -> {}, discovering.spans());
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(ReadSide.all(sides)).hasSizeGreaterThan(REQUESTS * SPANS);
        assertThat((double) bytes / bytes(sides)).as("of the bytes of sides").isLessThan(1.05);
        assertThat(sightings.get()).isEqualTo(known).isBetween(10L, 100L);
    }

    private static long bytes(List<SideBlock> sides) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        TypeSerializer<SideBlock> serializer = SideBlock.TYPE.createSerializer(null);
        long bytes = 0;
        for (SideBlock each : sides) {
            out.clear();
            serializer.serialize(each, out);
            bytes += out.length();
        }
        return bytes;
    }

    private static byte[] request() {
        Resource resource =
                Requests.service("shop").toBuilder()
                        .addAttributes(attribute("telemetry.sdk.name", "opentelemetry"))
                        .addAttributes(attribute("service.instance.id", "shop-1"))
                        .addAttributes(attribute("net.host.ip", "10.0.0.1"))
                        .build();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < SPANS; i++) {
            Span.Builder span =
                    Requests.child(new TraceId(7, i + 1), i + 1)
                            .setName("GET /cart/" + i % 5)
                            .setKindValue(1 + i % 5);
            switch (i % 3) {
                case 0 -> span.addAttributes(attribute("http.request.method", "GET"));
                case 1 ->
                        span.addAttributes(attribute("db.system", "mysql"))
                                .addAttributes(attribute("server.address", "db-1"))
                                .addAttributes(attribute("server.port", 3306));
                default -> span.addAttributes(attribute("peer.service", "pay"));
            }
            spans.add(span.build());
        }
        return Requests.of(resource, spans.toArray(Span[]::new)).toByteArray();
    }
}

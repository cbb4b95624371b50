package io.tailrace.operators.metrics.red;

import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.DimensionSettings;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.Naming;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class DimensionsTest {

    private static final long END = 1_700_000_000_000L;
    private static final Resource SHOP =
            Requests.service("shop").toBuilder()
                    .addAttributes(Requests.attribute("zone", "eu-1"))
                    .build();

    private static Span.Builder span() {
        return Requests.span(new TraceId(0, 1), 1)
                .setName("GET /")
                .setEndTimeUnixNano(END * 1_000_000);
    }

    private static Map<String, String> dimensions(TestMetricsSettings settings, Span.Builder span)
            throws Exception {
        try (RedHarness red = new RedHarness(settings)) {
            red.send(Requests.of(SHOP, span.build()), END);
            red.finish();
            List<MetricPart> parts = red.parts();
            assertThat(parts).hasSize(1);
            return parts.get(0).series().dimensions().stream()
                    .collect(Collectors.toMap(Dimension::name, Dimension::value));
        }
    }

    @Test
    void areTheCollectorsUnderItsNames() throws Exception {
        TestMetricsSettings otel = new TestMetricsSettings().naming(Naming.OTEL);

        assertThat(
                        dimensions(
                                otel,
                                span().setKindValue(2)
                                        .setStatus(Status.newBuilder().setCodeValue(2))))
                .isEqualTo(
                        Map.of(
                                "service.name", "shop",
                                "span.name", "GET /",
                                "span.kind", "SPAN_KIND_SERVER",
                                "status.code", "STATUS_CODE_ERROR"));
        assertThat(dimensions(otel, span().setKindValue(5)))
                .containsEntry("span.kind", "SPAN_KIND_CONSUMER")
                .containsEntry("status.code", "STATUS_CODE_UNSET");
        assertThat(dimensions(otel, span().setKindValue(77))).containsEntry("span.kind", "77");
    }

    @Test
    void areTheGivenOnesAlone() throws Exception {
        TestMetricsSettings given =
                new TestMetricsSettings()
                        .dimensions(
                                new DimensionSettings("zone", null, null, null),
                                new DimensionSettings("http.route", "path", "none", null),
                                new DimensionSettings("db.name", null, null, null));

        assertThat(dimensions(given, span())).isEqualTo(Map.of("zone", "eu-1", "path", "none"));
        assertThat(
                        dimensions(
                                given,
                                span().addAttributes(Requests.attribute("zone", "us"))
                                        .addAttributes(Requests.attribute("http.route", "/a"))
                                        .addAttributes(Requests.attribute("db.namespace", "d"))))
                .isEqualTo(Map.of("zone", "us", "path", "/a", "db_name", "d"));
    }

    @ParameterizedTest
    @CsvSource({
        "orders-7, orders, x",
        "orders-, orders, x",
        "ORDERS, , x",
        "a-b, a, ",
        "?, , ",
    })
    void areWhatTheirPatternCaptures(String queue, String captured, String otherwise)
            throws Exception {
        TestMetricsSettings given =
                new TestMetricsSettings()
                        .dimensions(new DimensionSettings("queue", null, otherwise, "^([a-z]+)-"));
        String expected = captured == null ? otherwise : captured;
        // Also where it is remembered.
        for (int i = 0; i < 2; i++) {
            assertThat(dimensions(given, span().addAttributes(Requests.attribute("queue", queue))))
                    .isEqualTo(expected == null ? Map.of() : Map.of("queue", expected));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/cart/17/items/9, /cart/{id}/items/{id}",
        "/cart/17a, /cart/17a",
        "/user/0af76519-16cd-43dd-8448-eb211c80319c/x, /user/{uuid}/x",
        "/plain, /plain"
    })
    void havePlaceholdersByRules(String path, String expected) throws Exception {
        TestMetricsSettings given =
                new TestMetricsSettings()
                        .templates(
                                new TemplateRule(
                                        "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                                        "{uuid}", List.of("span.name", "target")),
                                new TemplateRule(
                                        "/[0-9]+(/|$)", "/{id}$1", List.of("span.name", "target")));

        assertThat(
                        dimensions(
                                given,
                                span().setName(path)
                                        .addAttributes(Requests.attribute("target", path))
                                        .addAttributes(Requests.attribute("peer.service", path))))
                .containsEntry("span_name", expected)
                .containsEntry("target", expected)
                .containsEntry("peer_service", path);
    }

    @Test
    void areCutBetweenCharacters() throws Exception {
        TestMetricsSettings given = new TestMetricsSettings().maxValueBytes(20);
        for (String name : List.of("a".repeat(30), "é".repeat(30), "x" + "订".repeat(30))) {
            String cut = dimensions(given, span().setName(name)).get("span_name");
            int bytes = cut.getBytes(StandardCharsets.UTF_8).length;
            int next =
                    name.substring(cut.length(), cut.length() + 1)
                            .getBytes(StandardCharsets.UTF_8)
                            .length;

            assertThat(name).startsWith(cut);
            assertThat(bytes).isLessThanOrEqualTo(20);
            assertThat(bytes + next).isGreaterThan(20);
        }
    }
}

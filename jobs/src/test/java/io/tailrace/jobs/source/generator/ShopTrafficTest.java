package io.tailrace.jobs.source.generator;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class ShopTrafficTest {

    private static final long START = Settings.START.toEpochMilli();

    /** No two hosts' clocks are further apart than this. */
    private static final double MOST_SKEW_MILLIS = 2;

    private static final GeneratorSettings SETTINGS = Settings.ofSeed(1);
    private static final List<SentSpan> MINUTE = SentSpan.during(SETTINGS, 60);
    private static final List<SentSpan> THREE_MINUTES = SentSpan.during(SETTINGS, 180);

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 7.3, 20, 900, 30_000})
    void aRequestIsTheSameInWhateverOrderOneAsks(double rate) {
        GeneratorSettings fast = Settings.ofRate(3, rate);
        ShopTraffic inOrder = new ShopTraffic(fast);
        Map<Long, byte[]> requests = new HashMap<>();
        for (long number = 0; number < 3_000; number++) {
            requests.put(number, inOrder.request(number, START));
        }

        for (long seed = 0; seed < 2; seed++) {
            List<Long> some =
                    new Random(seed)
                            .longs(12, 0, 3_000)
                            .boxed()
                            .collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(some, new Random(seed));
            ShopTraffic another = new ShopTraffic(fast);
            for (long number : some) {
                assertThat(another.request(number, START))
                        .as("request %d, seed %d, at %s/s", number, seed, rate)
                        .isEqualTo(requests.get(number));
            }
        }
    }

    @Test
    void aLaneMakesTheRequestsThatAllMakeTogether() {
        ShopTraffic all = new ShopTraffic(SETTINGS);
        ShopTraffic everySeventh = new ShopTraffic(SETTINGS);
        for (long number = 0; number < 4_000; number++) {
            byte[] request = all.request(number, START);
            if (number % 7 == 3) {
                assertThat(everySeventh.request(number, START)).isEqualTo(request);
            }
        }
    }

    @Test
    void anotherStartMovesTheSpansAndNothingElse() {
        ShopTraffic traffic = new ShopTraffic(SETTINGS);
        Span early = firstSpan(traffic.request(500, START));
        Span late = firstSpan(traffic.request(500, START + 7_000));
        assertThat(late.getStartTimeUnixNano() - early.getStartTimeUnixNano())
                .isEqualTo(7_000_000_000L);
        assertThat(late.getSpanId()).isEqualTo(early.getSpanId());
        assertThat(late.getAttributesList()).isEqualTo(early.getAttributesList());
    }

    @Test
    void anotherSeedIsAnotherTraffic() {
        assertThat(new ShopTraffic(Settings.ofSeed(2)).request(500, START))
                .isNotEqualTo(new ShopTraffic(SETTINGS).request(500, START));
    }

    @Test
    void aRequestIsAFlushOfOneInstance() {
        ShopTraffic traffic = new ShopTraffic(SETTINGS);
        for (long number = 0; number < 1_000; number++) {
            byte[] request = traffic.request(number, START);
            assertThat(SentSpan.parse(request).getResourceSpansCount())
                    .as("request %d", number)
                    .isEqualTo(request.length == 0 ? 0 : 1);
        }
    }

    @Test
    void tracesComeAtAboutTheirRateAndAreOfSomeTenSpans() {
        assertThat(traces(MINUTE).size() / 60.0).isBetween(36.0, 42.0);
        assertThat(MINUTE.size() / 60.0).isBetween(300.0, 550.0);
    }

    @Test
    void noSpanIsSentTwiceOrBeforeItEnded() {
        Set<ByteString> ids = new HashSet<>();
        for (SentSpan sent : MINUTE) {
            assertThat(ids.add(sent.span().getSpanId())).isTrue();
            assertThat((double) sent.sentMillis())
                    .isGreaterThan(sent.endMillis(SETTINGS) - MOST_SKEW_MILLIS);
            assertThat(sent.durationMillis()).isPositive();
        }
    }

    @Test
    void everySpanHasItsParentExceptWhereTheRootWasNeverSent() {
        GeneratorSettings calm = Settings.calm(4);
        assertThat(tracesWithoutAParent(SentSpan.during(calm, 60), calm)).isZero();

        double rootless =
                tracesWithoutAParent(THREE_MINUTES, SETTINGS)
                        / (double) traces(THREE_MINUTES).size();
        // Of 100 traces one is without its root; a fifth of them, of one span, is then not seen.
        assertThat(rootless).isBetween(0.004, 0.014);
    }

    /** Traces near the end are not all there yet, so only those that began before are asked. */
    private static long tracesWithoutAParent(List<SentSpan> sent, GeneratorSettings settings) {
        double last = sent.get(sent.size() - 1).sentMillis() / 1000.0;
        return traces(sent).values().stream()
                .filter(trace -> trace.stream().allMatch(s -> s.startSeconds(settings) < last - 30))
                .filter(
                        trace -> {
                            Set<ByteString> ids = ids(trace);
                            return trace.stream()
                                    .anyMatch(
                                            child ->
                                                    !child.root()
                                                            && !ids.contains(
                                                                    child.span()
                                                                            .getParentSpanId()));
                        })
                .count();
    }

    @Test
    void childrenLieInTheirParentsButForSkewAndMessages() {
        Map<ByteString, SentSpan> byId = new HashMap<>();
        THREE_MINUTES.forEach(sent -> byId.put(sent.span().getSpanId(), sent));
        int compared = 0;
        for (SentSpan child : THREE_MINUTES) {
            SentSpan parent = byId.get(child.span().getParentSpanId());
            if (parent == null || child.span().getKind() == Span.SpanKind.SPAN_KIND_CONSUMER) {
                continue;
            }
            compared++;
            assertThat(child.startSeconds(SETTINGS) * 1000)
                    .isGreaterThan(parent.startSeconds(SETTINGS) * 1000 - MOST_SKEW_MILLIS);
            assertThat(child.endMillis(SETTINGS))
                    .isLessThan(parent.endMillis(SETTINGS) + MOST_SKEW_MILLIS);
        }
        assertThat(compared).isGreaterThan(10_000);
    }

    @Test
    void checkoutsFailInBurstsAndHardlyElse() {
        Predicate<SentSpan> checkout = sent -> sent.span().getName().equals("POST /checkout");
        // The first burst begins between the 25th and the 35th second, and lasts 20.
        double inBurst = shareFailed(THREE_MINUTES, checkout, 36, 44);
        double before = shareFailed(THREE_MINUTES, checkout, 0, 24);
        double after = shareFailed(THREE_MINUTES, checkout, 56, 140);
        assertThat(inBurst).isBetween(0.2, 0.65);
        assertThat(before).isLessThan(0.08);
        assertThat(after).isLessThan(0.08);

        Set<Boolean> withException =
                THREE_MINUTES.stream()
                        .filter(checkout.and(SentSpan::failed))
                        .map(sent -> sent.span().getEventsCount() > 0)
                        .collect(Collectors.toSet());
        assertThat(withException).containsExactly(true);
    }

    @Test
    void theInventorysDatabaseIsSlowAtTimes() {
        // The first period begins between the 62nd and the 72nd second, and lasts 25.
        double usual = medianMillis(THREE_MINUTES, "SELECT stock", 0, 60);
        double slow = medianMillis(THREE_MINUTES, "SELECT stock", 73, 86);
        assertThat(slow / usual).isBetween(8.0, 12.0);

        List<SentSpan> calm = SentSpan.during(Settings.calm(1), 100);
        assertThat(medianMillis(calm, "SELECT stock", 73, 86)).isLessThan(2 * usual);
    }

    @Test
    void someFlushesComeLate() {
        // An instance sends every 1.3 s; what is sent later than that was kept back.
        double late =
                THREE_MINUTES.stream()
                                .filter(
                                        sent ->
                                                sent.sentMillis() - sent.endMillis(SETTINGS)
                                                        > 4_900)
                                .count()
                        / (double) THREE_MINUTES.size();
        assertThat(late).isBetween(0.01, 0.03);

        GeneratorSettings calm = Settings.calm(1);
        assertThat(SentSpan.during(calm, 60))
                .allMatch(sent -> sent.sentMillis() - sent.endMillis(calm) < 1_310);
    }

    @Test
    void theShopHasServicesInstancesAndEndpointsAndNoMore() {
        assertThat(MINUTE.stream().map(SentSpan::service).distinct())
                .hasSize(11)
                .contains("storefront", "checkout", "payment", "order-processor");
        assertThat(MINUTE.stream().map(SentSpan::instance).distinct()).hasSize(26);
        assertThat(names(THREE_MINUTES)).hasSizeLessThan(100);
        assertThat(MINUTE.stream().map(sent -> sent.attribute("peer.service")).distinct())
                .contains("payment-provider", "parcel-carrier", "mail-relay");
        assertThat(MINUTE.stream().map(sent -> sent.attribute("db.system")).distinct())
                .contains("postgresql", "mysql", "redis");
        assertThat(MINUTE.stream().map(sent -> sent.attribute("messaging.destination")).distinct())
                .contains("orders", "shipments");
        assertThat(MINUTE.stream().map(sent -> sent.span().getKind()).distinct()).hasSize(5);
    }

    @Test
    void oldAndNewConventionsSayTheSame() {
        Map<String, String> oldOfNew =
                Map.of(
                        "http.request.method", "http.method",
                        "http.response.status_code", "http.status_code",
                        "url.full", "http.url",
                        "db.system.name", "db.system",
                        "db.namespace", "db.name",
                        "db.operation.name", "db.operation",
                        "db.query.text", "db.statement",
                        "messaging.destination.name", "messaging.destination",
                        "user_agent.original", "http.user_agent");
        Set<String> seen = new HashSet<>();
        for (SentSpan sent : MINUTE) {
            oldOfNew.forEach(
                    (now, then) -> {
                        String value = sent.attribute(now);
                        assertThat(sent.attribute(then)).as(then).isEqualTo(value);
                        if (value != null) {
                            seen.add(now);
                        }
                    });
        }
        assertThat(seen).isEqualTo(oldOfNew.keySet());
    }

    @Test
    void aMessageIsReadByTwoServices() {
        Map<ByteString, Set<String>> readers = new HashMap<>();
        for (SentSpan sent : MINUTE) {
            if (sent.span().getName().equals("orders process")) {
                readers.computeIfAbsent(sent.span().getParentSpanId(), id -> new HashSet<>())
                        .add(sent.service());
            }
        }
        assertThat(readers.values()).contains(Set.of("order-processor", "notification"));
    }

    @Test
    void aServerSpansParentIsTheClientThatNamesIt() {
        Map<ByteString, SentSpan> byId = new HashMap<>();
        MINUTE.forEach(sent -> byId.put(sent.span().getSpanId(), sent));
        long edges =
                MINUTE.stream()
                        .filter(sent -> sent.span().getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                        .filter(sent -> byId.containsKey(sent.span().getParentSpanId()))
                        .peek(
                                server -> {
                                    SentSpan client = byId.get(server.span().getParentSpanId());
                                    assertThat(client.span().getKind())
                                            .isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
                                    assertThat(client.attribute("net.peer.name"))
                                            .isEqualTo(server.service());
                                })
                        .count();
        assertThat(edges).isGreaterThan(1_000);
    }

    private static Span firstSpan(byte[] request) {
        return SentSpan.parse(request).getResourceSpans(0).getScopeSpans(0).getSpans(0);
    }

    private static Map<ByteString, List<SentSpan>> traces(List<SentSpan> sent) {
        return sent.stream().collect(Collectors.groupingBy(one -> one.span().getTraceId()));
    }

    private static Set<ByteString> ids(List<SentSpan> trace) {
        return trace.stream().map(one -> one.span().getSpanId()).collect(Collectors.toSet());
    }

    private static Set<String> names(List<SentSpan> sent) {
        return sent.stream()
                .map(one -> one.service() + " " + one.span().getName())
                .collect(Collectors.toSet());
    }

    private static double shareFailed(
            List<SentSpan> sent, Predicate<SentSpan> which, double from, double to) {
        List<SentSpan> asked =
                sent.stream()
                        .filter(which)
                        .filter(one -> one.startSeconds(SETTINGS) >= from)
                        .filter(one -> one.startSeconds(SETTINGS) < to)
                        .toList();
        assertThat(asked).hasSizeGreaterThan(10);
        return asked.stream().filter(SentSpan::failed).count() / (double) asked.size();
    }

    private static double medianMillis(List<SentSpan> sent, String name, double from, double to) {
        double[] durations =
                sent.stream()
                        .filter(one -> one.span().getName().equals(name))
                        .filter(one -> one.startSeconds(SETTINGS) >= from)
                        .filter(one -> one.startSeconds(SETTINGS) < to)
                        .mapToDouble(SentSpan::durationMillis)
                        .sorted()
                        .toArray();
        return durations[durations.length / 2];
    }
}

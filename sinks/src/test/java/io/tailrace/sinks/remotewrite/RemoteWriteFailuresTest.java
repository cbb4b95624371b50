package io.tailrace.sinks.remotewrite;

import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.sinks.metrics.MetricNaming;
import io.tailrace.sinks.metrics.RandomMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a server that does not take everything makes of samples, and who may send. */
class RemoteWriteFailuresTest {

    private static final long TIME = 1_700_000_070_000L;

    /** Calls, five buckets, sum and count. */
    private static final int VALUES = 8;

    private final RandomMetrics random = new RandomMetrics(1, false);
    private StrictReceiver receiver;
    private TestSettings settings;

    @BeforeEach
    void start() throws Exception {
        receiver = new StrictReceiver();
        settings = new TestSettings(receiver.url());
    }

    @AfterEach
    void stop() {
        receiver.close();
        assertThat(receiver.faults()).isEmpty();
    }

    private static RemoteWriteHarness writer(TestSettings settings) throws Exception {
        return new RemoteWriteHarness(settings.settings(), MetricNaming.OTEL);
    }

    private MetricSample sample(String name, long time) {
        return random.sample(RandomMetrics.spans("a", name), TIME, time);
    }

    private List<Integer> statuses() {
        return receiver.requests().stream().map(StrictReceiver.Request::status).toList();
    }

    @Test
    void triesAgainWhatMayPass() throws Exception {
        receiver.answer(new StrictReceiver.Reply(500, null, "disk is full"));
        receiver.answer(new StrictReceiver.Reply(503, null, ""));
        receiver.answer(new StrictReceiver.Reply(429, null, "slow down"));
        try (RemoteWriteHarness writer = writer(settings)) {
            writer.write(sample("b", TIME));
            writer.checkpoint();
            assertThat(statuses()).containsExactly(500, 503, 429, 204);
            assertThat(writer.metric("samples_sent")).isEqualTo(VALUES);
            assertThat(writer.metric("samples_retried")).isEqualTo(3 * VALUES);
        }
    }

    @Test
    void waitsAsLongAsTheServerWants() throws Exception {
        ZonedDateTime begin = ZonedDateTime.now(ZoneOffset.UTC);
        long beginNanos = System.nanoTime();
        ZonedDateTime wanted = begin.plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(wanted);
        receiver.answer(new StrictReceiver.Reply(429, "1", ""));
        receiver.answer(new StrictReceiver.Reply(503, date, ""));
        receiver.answer(new StrictReceiver.Reply(503, "soon", ""));
        try (RemoteWriteHarness writer = writer(settings)) {
            writer.write(sample("b", TIME));
            writer.checkpoint();
        }
        assertThat(statuses()).containsExactly(429, 503, 503, 204);
        List<Long> times = receiver.requests().stream().map(StrictReceiver.Request::nanos).toList();
        assertThat(times.get(1) - times.get(0)).as("one second").isGreaterThan(1_000_000_000L);
        assertThat(begin.plusNanos(times.get(2) - beginNanos)).isAfterOrEqualTo(wanted);
    }

    @Test
    void failsOnceItHasTriedForLong() throws Exception {
        for (int i = 0; i < 100; i++) {
            receiver.answer(new StrictReceiver.Reply(503, null, "out of order for now"));
        }
        TestSettings impatient =
                settings.withTimes(Duration.ofSeconds(3), Duration.ofSeconds(5))
                        .withBearerToken("open-sesame");
        try (RemoteWriteHarness writer = writer(impatient)) {
            writer.write(sample("b", TIME));
            assertThatThrownBy(writer::checkpoint)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(receiver.url())
                    .hasMessageContaining("503 out of order for now")
                    .hasMessageNotContaining("sesame");
            assertThat(writer.metric("samples_sent")).isZero();
        }
        assertThat(receiver.requests()).hasSizeGreaterThan(3);
    }

    @Test
    void triesAServerThatIsAwayOrSilent() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket silent = new ServerSocket(0, 50, loopback);
                Socket away = new Socket()) {
            assertGivesUp(silent.getLocalPort(), "request timed out");
            // Nobody else can have it, and nobody listens.
            away.bind(new InetSocketAddress(loopback, 0));
            assertGivesUp(away.getLocalPort(), "");
        }
    }

    private void assertGivesUp(int port, String words) throws Exception {
        String url = "http://localhost:%d/write".formatted(port);
        TestSettings impatient =
                new TestSettings(url).withTimes(Duration.ofSeconds(3), Duration.ofMillis(500));
        try (RemoteWriteHarness writer = writer(impatient)) {
            writer.write(sample("b", TIME));
            assertThatThrownBy(writer::checkpoint)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(url + " does not take samples: " + words);
            assertThat(writer.metric("samples_retried")).isPositive();
        }
    }

    @Test
    void dropsAndCountsWhatIsRefused() throws Exception {
        receiver.answer(new StrictReceiver.Reply(401, null, "who are you"));
        receiver.answer(new StrictReceiver.Reply(302, null, "elsewhere"));
        try (RemoteWriteHarness writer = writer(settings)) {
            writer.write(sample("b", TIME));
            writer.checkpoint();
            writer.write(sample("b", TIME + 1));
            writer.checkpoint();
            writer.write(sample("b", TIME + 2));
            writer.checkpoint();
            assertThat(statuses()).containsExactly(401, 302, 204);
            assertThat(writer.metric("reason.status_401.samples_dropped")).isEqualTo(VALUES);
            assertThat(writer.metric("reason.status_302.samples_dropped")).isEqualTo(VALUES);
            assertThat(writer.metric("samples_sent")).isEqualTo(VALUES);
            assertThat(writer.metric("samples_retried")).isZero();
        }
    }

    /** As after a restart, where a series is sent again that went on before. */
    @Test
    void oneThatIsRefusedTakesNoOtherWithIt() throws Exception {
        try (RemoteWriteHarness writer = writer(settings)) {
            writer.write(sample("old", TIME + 60_000));
            writer.checkpoint();
            for (int i = 0; i < 40; i++) {
                writer.write(sample(i == 17 ? "old" : "new" + i, TIME));
            }
            writer.checkpoint();
            assertThat(writer.metric("reason.status_400.samples_dropped")).isEqualTo(VALUES);
            assertThat(writer.metric("samples_sent")).isEqualTo(40 * VALUES);
        }
        assertThat(receiver.requests()).hasSizeLessThan(20);
    }

    @Test
    void halvesOnlySoOften() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            receiver.answer(new StrictReceiver.Reply(400, null, "no"));
        }
        try (RemoteWriteHarness writer = writer(settings)) {
            for (int i = 0; i < 300; i++) {
                writer.write(sample("b" + i, TIME));
            }
            writer.checkpoint();
            assertThat(writer.metric("reason.status_400.samples_dropped")).isEqualTo(300 * VALUES);
        }
        assertThat(receiver.requests()).hasSizeLessThan(150);
    }

    @Test
    void saysWhoItIs() throws Exception {
        for (TestSettings each :
                List.of(
                        settings.withBearerToken("open-sesame"),
                        settings.withBasicAuth("me", "sesame:ö"),
                        settings.withHeaders(Map.of("X-Scope-OrgID", "shop")))) {
            try (RemoteWriteHarness writer = writer(each)) {
                writer.write(sample("b", TIME));
                writer.endInput();
            }
        }
        List<StrictReceiver.Request> requests = receiver.requests();
        assertThat(requests.get(0).headers().get("Authorization"))
                .containsExactly("Bearer open-sesame");
        String basic = requests.get(1).headers().getFirst("Authorization");
        assertThat(
                        new String(
                                Base64.getDecoder().decode(basic.substring("Basic ".length())),
                                StandardCharsets.UTF_8))
                .isEqualTo("me:sesame:ö");
        assertThat(requests.get(2).headers().get("X-Scope-OrgID")).containsExactly("shop");
        assertThat(requests.get(2).headers().get("Authorization")).isNull();
    }

    @Test
    void aSecretThatFitsNoHeaderIsNotTold() {
        assertThatThrownBy(() -> writer(settings.withBearerToken("open-sesame\n")))
                .hasMessageContaining("Authorization")
                .hasMessageNotContaining("sesame");
    }
}

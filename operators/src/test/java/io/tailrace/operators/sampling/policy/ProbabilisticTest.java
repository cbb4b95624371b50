package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The Collector's choices, bit for bit. */
class ProbabilisticTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0000000000000000",
        "-5, 0000000000000000",
        "0.1, 004189374bc6a7ef",
        "1, 028f5c28f5c28f5f",
        "5, 0cccccccccccccff",
        "10, 19999999999999ff",
        "25, 3fffffffffffffff",
        "33.3, 553f7ced91686fff",
        "50, 7fffffffffffffff",
        "75, bfffffffffffffff",
        "99.9, ffbe76c8b4395fff",
        "100, ffffffffffffffff",
        "250, ffffffffffffffff",
    })
    void hasTheThreshold(double percentage, String threshold) {
        assertThat(Long.toHexString(Probabilistic.threshold(percentage)))
                .isEqualTo(threshold.replaceFirst("^0+(?=.)", ""));
    }

    @Test
    void hasAThresholdThatNeverFallsAsTheShareGrows() {
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            double one = random.nextDouble() * Math.pow(10, 2 - random.nextInt(20));
            double next = Math.nextUp(one);
            assertThat(
                            Long.compareUnsigned(
                                    Probabilistic.threshold(one), Probabilistic.threshold(next)))
                    .as("%s", one)
                    .isNotPositive();
        }
        assertThat(Probabilistic.threshold(Double.MIN_VALUE)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000001, e19535eed1bbaa8a, 62302fff28cc0fc5, false, false",
        "0af7651916cd43dd8448eb211c80319c, 33bf83d45f51634c, 2fdf4c8c5f0043c7, false, true",
        "4bf92f3577b34da6a3ce929d0e0e4736, a54533ba2e4970b5, 56190356288e30be, false, false",
        "ffffffffffffffffffffffffffffffff, 17bec3739634fe2d, 5ac6e78efb8f7602, true, true",
    })
    void choosesAsTheCollectorDoes(
            String id, String hash, String salted, boolean keptAt10, boolean keptAt50) {
        TraceId traceId = TraceId.ofHex(id);

        assertThat(Long.toHexString(Probabilistic.hash("default-hash-seed", traceId)))
                .isEqualTo(hash);
        assertThat(Long.toHexString(Probabilistic.hash("salt-b", traceId))).isEqualTo(salted);
        assertThat(keeps(10, "", traceId)).isEqualTo(keptAt10);
        assertThat(keeps(10, "default-hash-seed", traceId)).isEqualTo(keptAt10);
        assertThat(keeps(50, "", traceId)).isEqualTo(keptAt50);
        assertThat(keeps(0, "", traceId)).isFalse();
        assertThat(keeps(100, "", traceId)).isTrue();
        assertThat(keeps(1000, "", traceId)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0.1", "5", "33.3", "99"})
    void keepsThatShareOfRandomIds(double percentage) {
        Random random = new Random(1);
        int kept = 0;
        for (int i = 0; i < 100_000; i++) {
            TraceId traceId = new TraceId(random.nextLong(), random.nextLong());
            kept += keeps(percentage, "x", traceId) ? 1 : 0;
        }
        assertThat(kept / 1000.0).isCloseTo(percentage, within(0.6));
    }

    private static boolean keeps(double percentage, String salt, TraceId traceId) {
        Policy policy = new Probabilistic(percentage, salt);
        List<NamedPolicy> policies = List.of(new NamedPolicy("share", policy));
        return Asked.of(policies, traceId, new Evidence(0)).verdict() == Verdict.SAMPLED;
    }
}

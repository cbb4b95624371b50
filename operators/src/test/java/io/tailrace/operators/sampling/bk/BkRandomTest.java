package io.tailrace.operators.sampling.bk;

import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The expected numbers come from Python's hashlib. */
class BkRandomTest {

    private static final BigInteger STEP = new BigInteger("9e3779b97f4a7c15f39cc0605cedc835", 16);
    private static final List<TraceId> TRACES =
            IntStream.rangeClosed(1, 20_000).mapToObj(BkRandomTest::trace).toList();

    @ParameterizedTest
    @CsvSource({
        "0af7651916cd43dd8448eb211c80319c, 99, 238302",
        "00000000000000000000000000000001, 64, 95704",
        "ffffffffffffffffffffffffffffffff, 7, 839394",
        "5b8efff798038103d269b633813fc60c, 25, 112915",
        "4bf92f3577b34da6a3ce929d0e0e4736, 59, 569985",
        "78dde6e5fd29f057ce73018173b720d4, 52, 637497",
        "1715609f7c746c6dc20fc1e1d0a4e909, 2, 490278",
    })
    void keepsATraceFromItsOwnPartOn(String id, int percent, int millionths) {
        TraceId trace = TraceId.ofHex(id);
        double part = percent + millionths / 1e6;

        assertThat(new BkRandom(percent + 1).keeps(trace)).isTrue();
        assertThat(new BkRandom(percent).keeps(trace)).isFalse();
        assertThat(new BkRandom(part).keeps(trace)).isFalse();
        assertThat(new BkRandom(part + 1e-6).keeps(trace)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.0001, 0",
        "0.01, 3",
        "0.5, 103",
        "1, 204",
        "1.25, 261",
        "5, 1000",
        "33.3, 6717",
        "50, 10098",
        "99.999, 20000",
        "100, 20000",
        "-1, 0",
        "250, 20000"
    })
    void keepsSoManyOfTwentyThousand(double percent, int kept) {
        BkRandom random = new BkRandom(percent);

        assertThat(TRACES.stream().filter(random::keeps)).hasSize(kept);
    }

    @Test
    void wholePercentsAreThoseOfTheIncumbent() throws Exception {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        for (int percent = 0; percent <= 100; percent++) {
            BkRandom random = new BkRandom(percent);
            for (TraceId trace : TRACES.subList(0, 500)) {
                byte[] hash = md5.digest(trace.hex().getBytes(StandardCharsets.UTF_8));
                int its = new BigInteger(1, hash).mod(BigInteger.valueOf(100)).intValue();

                assertThat(random.keeps(trace))
                        .as("%s at %d", trace, percent)
                        .isEqualTo(its < percent);
            }
        }
    }

    /** The incumbent knows whole percents only. */
    @Test
    void fractionsOfAPercentAreKeptAndLieWithinEachLargerShare() {
        List<TraceId> before = List.of();
        for (double percent : new double[] {0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2}) {
            BkRandom random = new BkRandom(percent);
            List<TraceId> kept = TRACES.stream().filter(random::keeps).toList();

            assertThat(kept).containsAll(before).hasSizeGreaterThan(before.size());
            before = kept;
        }
    }

    private static TraceId trace(int number) {
        BigInteger id = STEP.multiply(BigInteger.valueOf(number));
        return new TraceId(id.shiftRight(64).longValue(), id.longValue());
    }
}

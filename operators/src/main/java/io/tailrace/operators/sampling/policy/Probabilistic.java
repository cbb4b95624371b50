package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.tracestate.SamplingThreshold;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Keeps a share of the traces, chosen by their ids with the very choices of the Collector: keep
 * where FNV-1a of salt and id is at most (2^64 - 1) times the share. Where kept spans carry their
 * threshold, the choice is that of OpenTelemetry's consistent sampling instead.
 */
@Meaning("Keeps a share of the traces, the very ones that the Collector keeps")
public record Probabilistic(
        @Setting(
                        value = "The share that is kept, in percent; 100 and more keeps all",
                        defaultsTo = "0",
                        least = 0)
                double samplingPercentage,
        @Setting(
                        value = "Makes the choice independent of that of other samplers",
                        defaultsTo = "default-hash-seed")
                String hashSalt)
        implements Policy {

    @Override
    public boolean isRandom() {
        return samplingPercentage > 0 && samplingPercentage < 100;
    }

    private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01b3L;
    private static final String DEFAULT_SALT = "default-hash-seed";
    private static final BigInteger ALL = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    @Override
    public TraceCondition compile(Compilation compilation) {
        if (compilation.consistent()) {
            return new ConsistentShare(SamplingThreshold.ofPercentage(samplingPercentage));
        }
        long threshold = threshold(samplingPercentage);
        String salt = hashSalt.isEmpty() ? DEFAULT_SALT : hashSalt;
        long salted = hash(FNV_OFFSET, salt.getBytes(StandardCharsets.UTF_8));
        return known ->
                Long.compareUnsigned(hash(salted, known.traceId()), threshold) <= 0
                        ? Vote.SAMPLED
                        : Vote.NOT_SAMPLED;
    }

    /** The 64-bit FNV-1a hash of salt and trace id. */
    static long hash(String salt, TraceId traceId) {
        return hash(hash(FNV_OFFSET, salt.getBytes(StandardCharsets.UTF_8)), traceId);
    }

    private static long hash(long start, byte[] bytes) {
        long hash = start;
        for (byte next : bytes) {
            hash = (hash ^ next & 0xff) * FNV_PRIME;
        }
        return hash;
    }

    private static long hash(long start, TraceId traceId) {
        return hash(hash(start, traceId.high()), traceId.low());
    }

    private static long hash(long start, long bytes) {
        long hash = start;
        for (int shift = 56; shift >= 0; shift -= 8) {
            hash = (hash ^ bytes >>> shift & 0xff) * FNV_PRIME;
        }
        return hash;
    }

    /**
     * (2^64 - 1) times the share, computed as the Collector does it: the share as a double, the
     * product exact, rounded to a significand of 64 bits (half to even), cut to a whole number.
     *
     * @return unsigned
     */
    static long threshold(double percentage) {
        double ratio = percentage / 100;
        if (ratio >= 1) {
            return -1;
        }
        if (ratio <= 0) {
            return 0;
        }
        BigDecimal exact = new BigDecimal(ratio);
        // A double is a whole number over a power of two, so scaling by one makes the product
        // whole.
        int scale = 1074 + 64;
        BigInteger product =
                exact.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(scale)))
                        .toBigIntegerExact()
                        .multiply(ALL);
        int excess = product.bitLength() - 64;
        if (excess > 0) {
            product = roundHalfToEven(product, excess);
        }
        return product.shiftRight(scale).longValue();
    }

    private static BigInteger roundHalfToEven(BigInteger number, int bits) {
        BigInteger floor = number.shiftRight(bits);
        BigInteger rest = number.subtract(floor.shiftLeft(bits));
        int half = rest.compareTo(BigInteger.ONE.shiftLeft(bits - 1));
        boolean up = half > 0 || half == 0 && floor.testBit(0);
        return (up ? floor.add(BigInteger.ONE) : floor).shiftLeft(bits);
    }
}

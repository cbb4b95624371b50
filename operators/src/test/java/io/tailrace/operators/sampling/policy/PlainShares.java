package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.tracestate.PlainTraceState;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Which traces a share keeps, in numbers without limit. */
final class PlainShares {

    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger TWO_TO_56 = BigInteger.ONE.shiftLeft(56);

    private PlainShares() {}

    static boolean samples(Probabilistic policy, PlainTrace trace) {
        if (trace.stamped()) {
            return randomness(trace) >= threshold(policy.samplingPercentage());
        }
        String threshold =
                Long.toUnsignedString(Probabilistic.threshold(policy.samplingPercentage()));
        return hash(policy, trace.traceId()).compareTo(new BigInteger(threshold)) <= 0;
    }

    /** Of consistent sampling: what is left of 2^56 without the share, to the nearest number. */
    static long threshold(double percentage) {
        BigDecimal rest = BigDecimal.valueOf(100).subtract(new BigDecimal(percentage));
        return new BigDecimal(TWO_TO_56)
                .multiply(rest)
                .movePointLeft(2)
                .setScale(0, RoundingMode.HALF_UP)
                .max(BigDecimal.ZERO)
                .longValueExact();
    }

    /** The greatest that a span came with, else the number in the last 14 digits of the id. */
    private static long randomness(PlainTrace trace) {
        long brought =
                trace.spans().stream()
                        .mapToLong(each -> PlainTraceState.randomness(each.span().getTraceState()))
                        .max()
                        .orElse(-1);
        return brought >= 0
                ? brought
                : Long.parseLong(trace.traceId().toString().substring(18), 16);
    }

    private static BigInteger hash(Probabilistic policy, TraceId traceId) {
        String salt = policy.hashSalt().isEmpty() ? "default-hash-seed" : policy.hashSalt();
        byte[] text = salt.getBytes(StandardCharsets.UTF_8);
        byte[] all =
                ByteBuffer.allocate(text.length + 16)
                        .put(text)
                        .putLong(traceId.high())
                        .putLong(traceId.low())
                        .array();
        BigInteger hash = new BigInteger("cbf29ce484222325", 16);
        for (byte each : all) {
            hash =
                    hash.xor(BigInteger.valueOf(each & 0xff))
                            .multiply(new BigInteger("100000001b3", 16))
                            .mod(TWO_TO_64);
        }
        return hash;
    }
}

package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.TraceId;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** What policies mean, told plainly over the objects of opentelemetry-proto. */
public final class PlainPolicies {

    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private PlainPolicies() {}

    public static boolean samples(Policy policy, TraceId traceId, List<PlacedSpan> spans) {
        if (policy instanceof AlwaysSample) {
            return true;
        }
        if (policy instanceof And and) {
            return and.andSubPolicy().stream()
                    .allMatch(sub -> samples(sub.policy(), traceId, spans));
        }
        if (policy instanceof Latency latency) {
            long millis = (latestEnd(spans) - earliestStart(spans)) / 1_000_000;
            return millis > latency.thresholdMs()
                    && (latency.upperThresholdMs() == 0 || millis <= latency.upperThresholdMs());
        }
        if (policy instanceof NumericAttribute numeric) {
            return numeric.invertMatch()
                    != any(spans, numeric.key(), (value, ofSpan) -> inRange(numeric, value));
        }
        if (policy instanceof Probabilistic probabilistic) {
            return hash(probabilistic, traceId)
                            .compareTo(
                                    new BigInteger(
                                            Long.toUnsignedString(
                                                    Probabilistic.threshold(
                                                            probabilistic.samplingPercentage()))))
                    <= 0;
        }
        if (policy instanceof SpanCount count) {
            return spans.size() >= count.minSpans()
                    && (count.maxSpans() == 0 || spans.size() <= count.maxSpans());
        }
        if (policy instanceof StatusCode status) {
            List<String> wanted =
                    status.statusCodes().stream()
                            .map(code -> "STATUS_CODE_" + code.name())
                            .toList();
            return spans.stream()
                    .anyMatch(each -> wanted.contains(each.span().getStatus().getCode().name()));
        }
        StringAttribute string = (StringAttribute) policy;
        return string.invertMatch()
                != any(spans, string.key(), (value, ofSpan) -> matches(string, value, ofSpan));
    }

    private static long earliestStart(List<PlacedSpan> spans) {
        return spans.stream()
                .mapToLong(each -> each.span().getStartTimeUnixNano())
                .min()
                .orElseThrow();
    }

    /** Or the earliest start, where all end before it. */
    private static long latestEnd(List<PlacedSpan> spans) {
        long end =
                spans.stream()
                        .mapToLong(each -> each.span().getEndTimeUnixNano())
                        .max()
                        .orElseThrow();
        return Math.max(end, earliestStart(spans));
    }

    private static boolean inRange(NumericAttribute policy, AnyValue value) {
        return value.hasIntValue()
                && (policy.minValue() == 0 || value.getIntValue() >= policy.minValue())
                && (policy.maxValue() == 0 || value.getIntValue() <= policy.maxValue());
    }

    private static boolean matches(StringAttribute policy, AnyValue value, boolean ofSpan) {
        if (!value.hasStringValue() || ofSpan && value.getStringValue().isEmpty()) {
            return false;
        }
        String text = value.getStringValue();
        return policy.values().stream()
                .filter(wanted -> !wanted.isEmpty())
                .anyMatch(
                        wanted ->
                                policy.enabledRegexMatching()
                                        ? Pattern.compile(wanted).matcher(text).find()
                                        : wanted.equals(text));
    }

    /** Whether some span or resource has the attribute, with a value that the test takes. */
    private static boolean any(
            List<PlacedSpan> spans, String key, BiPredicate<AnyValue, Boolean> test) {
        return spans.stream()
                .anyMatch(
                        placed ->
                                has(placed.span().getAttributesList(), key, true, test)
                                        || has(
                                                placed.under().getResource().getAttributesList(),
                                                key,
                                                false,
                                                test));
    }

    private static boolean has(
            List<KeyValue> attributes,
            String key,
            boolean ofSpan,
            BiPredicate<AnyValue, Boolean> test) {
        return attributes.stream()
                .filter(each -> each.getKey().equals(key))
                .findFirst()
                .filter(each -> test.test(each.getValue(), ofSpan))
                .isPresent();
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

package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as Go writes it, {@code 1h30m} or {@code 1.5s}, and in days besides. A number without
 * a unit is refused, but for zero, since it may have been meant as seconds or as milliseconds.
 */
record DurationShape() implements ScalarShape {

    private static final String PART = "(0|[1-9][0-9]*)(\\.[0-9]+)?(ns|us|µs|ms|s|m|h|d)";
    private static final Pattern ONE = Pattern.compile(PART);
    private static final Pattern ALL = Pattern.compile("(" + PART + ")+");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

    @Override
    public Object read(String text) throws UnfitException {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!ALL.matcher(text).matches()) {
            throw new UnfitException(NUMBER.matcher(text).matches() ? text + "s" : "");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = ONE.matcher(text);
        while (part.find()) {
            String fraction = part.group(2) == null ? "" : part.group(2);
            BigDecimal number = new BigDecimal(part.group(1) + fraction);
            nanos = nanos.add(number.multiply(BigDecimal.valueOf(nanos(part.group(3)))));
        }
        try {
            return Duration.ofNanos(nanos.longValueExact());
        } catch (ArithmeticException e) {
            throw new UnfitException();
        }
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us", "µs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
    }

    @Override
    public String noun() {
        return "a duration";
    }

    @Override
    public String name() {
        return "duration";
    }

    @Override
    public String expected() {
        return "a duration such as 30s";
    }

    @Override
    public double measure(Object value) {
        return ((Duration) value).toNanos() / 1e6;
    }

    @Override
    public String bound(double millis) {
        long whole = (long) millis;
        long[] factors = {86_400_000, 3_600_000, 60_000, 1_000};
        String[] units = {"d", "h", "m", "s"};
        for (int i = 0; i < factors.length; i++) {
            if (whole != 0 && whole == millis && whole % factors[i] == 0) {
                return whole / factors[i] + units[i];
            }
        }
        return ScalarShape.super.bound(millis) + "ms";
    }

    @Override
    public void describe(ObjectNode schema, Rules rules) {
        schema.putArray("type").add("string").add("integer");
        schema.put("minimum", 0).put("maximum", 0);
        schema.put("pattern", References.orReference("0|(" + PART + ")+"));
    }
}

package io.tailrace.operators.span.ottl;

import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToLongFunction;

import static io.tailrace.operators.span.ottl.Converter.named;

/** Functions on times and durations. A time's parts are those of UTC. */
final class TimeConverters {

    private static final long MICRO = 1_000L;
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    /** Nanoseconds from the first of January of year 1, where Go's times begin, to the epoch. */
    private static final BigInteger BEFORE_EPOCH =
            BigInteger.valueOf(62_135_596_800L).multiply(BigInteger.valueOf(SECOND));

    static final List<Converter> ALL =
            List.of(
                    named(
                            "Duration",
                            Type.DURATION,
                            each -> each.any(0),
                            Parameter.prepared("duration", DurationText::parse)),
                    fraction("Hours", HOUR),
                    fraction("Minutes", MINUTE),
                    fraction("Seconds", SECOND),
                    whole("Milliseconds", MILLI),
                    whole("Microseconds", MICRO),
                    whole("Nanoseconds", 1),
                    part("Year", OffsetDateTime::getYear),
                    part("Month", OffsetDateTime::getMonthValue),
                    part("Day", OffsetDateTime::getDayOfMonth),
                    part("Weekday", time -> time.getDayOfWeek().getValue() % 7),
                    part("Hour", OffsetDateTime::getHour),
                    part("Minute", OffsetDateTime::getMinute),
                    part("Second", OffsetDateTime::getSecond),
                    part("Nanosecond", OffsetDateTime::getNano),
                    sinceEpoch("UnixSeconds", SECOND),
                    sinceEpoch("UnixMilli", MILLI),
                    sinceEpoch("UnixMicro", MICRO),
                    sinceEpoch("UnixNano", 1),
                    named(
                            "Unix",
                            Type.TIME,
                            each -> time(each.whole(0), each.has(1) ? each.whole(1) : 0),
                            Parameter.of("seconds", Type.INT),
                            Parameter.of("nanoseconds", Type.INT).orNone()),
                    named(
                            "Time",
                            Type.TIME,
                            each -> ((TimeFormat) each.any(1)).parse(each.text(0)),
                            Parameter.string("target"),
                            Parameter.prepared("format", TimeFormat::of)),
                    named(
                            "FormatTime",
                            Type.STRING,
                            each -> ((TimeFormat) each.any(1)).format(dateTime(each.time(0))),
                            Parameter.of("time", Type.TIME),
                            Parameter.prepared("format", TimeFormat::of)),
                    named(
                            "TruncateTime",
                            Type.TIME,
                            each -> truncated(each.time(0), each.duration(1)),
                            Parameter.of("time", Type.TIME),
                            Parameter.of("duration", Type.DURATION)));

    private TimeConverters() {}

    /** A duration as a float of some unit. */
    private static Converter fraction(String name, long unit) {
        return named(
                name,
                Type.DOUBLE,
                each -> {
                    // Whole units first, for all nanoseconds of years do not fit into a float.
                    long units = each.duration(0) / unit;
                    long rest = each.duration(0) % unit;
                    return (double) units + (double) rest / unit;
                },
                Parameter.of("value", Type.DURATION));
    }

    /** A duration as whole units, the rest cut off. */
    private static Converter whole(String name, long unit) {
        return named(
                name,
                Type.INT,
                each -> each.duration(0) / unit,
                Parameter.of("value", Type.DURATION));
    }

    private static Converter part(String name, ToLongFunction<OffsetDateTime> part) {
        return named(
                name,
                Type.INT,
                each -> part.applyAsLong(dateTime(each.time(0))),
                Parameter.of("value", Type.TIME));
    }

    private static Converter sinceEpoch(String name, long unit) {
        return named(
                name,
                Type.INT,
                each -> Math.floorDiv(each.time(0), unit),
                Parameter.of("value", Type.TIME));
    }

    private static OffsetDateTime dateTime(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND))
                .atOffset(ZoneOffset.UTC);
    }

    /** Times that 64 bits of nanoseconds cannot hold are none of a span's. */
    static Type.Time time(long seconds, long nanos) {
        try {
            return new Type.Time(Math.addExact(Math.multiplyExact(seconds, SECOND), nanos));
        } catch (ArithmeticException wrong) {
            throw new OttlEvaluationException("a time lies between the years 1678 and 2262");
        }
    }

    private static Type.Time truncated(long nanos, long unit) {
        if (unit <= 0) {
            return new Type.Time(nanos);
        }
        BigInteger rest = BigInteger.valueOf(nanos).add(BEFORE_EPOCH).mod(BigInteger.valueOf(unit));
        return new Type.Time(Math.max(nanos, Long.MIN_VALUE + unit) - rest.longValueExact());
    }
}

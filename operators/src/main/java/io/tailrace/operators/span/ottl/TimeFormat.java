package io.tailrace.operators.span.ottl;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** How times are written, in the directives of strptime: {@code %Y-%m-%d %H:%M:%S}. */
final class TimeFormat {

    private final DateTimeFormatter formatter;

    private TimeFormat(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    static TimeFormat of(String format) {
        DateTimeFormatterBuilder builder =
                new DateTimeFormatterBuilder().parseCaseInsensitive().parseLenient();
        append(format, builder);
        return new TimeFormat(builder.toFormatter(Locale.ENGLISH));
    }

    private static void append(String format, DateTimeFormatterBuilder builder) {
        for (int i = 0; i < format.length(); i++) {
            char character = format.charAt(i);
            if (character != '%') {
                builder.appendLiteral(character);
            } else if (++i == format.length()) {
                throw new OttlEvaluationException("the format ends in '%'");
            } else {
                directive(format.charAt(i), builder);
            }
        }
    }

    private static void directive(char name, DateTimeFormatterBuilder builder) {
        switch (name) {
            case 'Y' -> builder.appendValue(ChronoField.YEAR, 4);
            case 'm' -> builder.appendValue(ChronoField.MONTH_OF_YEAR, 2);
            case 'd' -> builder.appendValue(ChronoField.DAY_OF_MONTH, 2);
            case 'e' -> builder.padNext(2).appendValue(ChronoField.DAY_OF_MONTH);
            case 'b', 'h' -> builder.appendText(ChronoField.MONTH_OF_YEAR, TextStyle.SHORT);
            case 'B' -> builder.appendText(ChronoField.MONTH_OF_YEAR, TextStyle.FULL);
            case 'a' -> builder.appendText(ChronoField.DAY_OF_WEEK, TextStyle.SHORT);
            case 'A' -> builder.appendText(ChronoField.DAY_OF_WEEK, TextStyle.FULL);
            case 'H' -> builder.appendValue(ChronoField.HOUR_OF_DAY, 2);
            case 'I' -> builder.appendValue(ChronoField.CLOCK_HOUR_OF_AMPM, 2);
            case 'p' -> builder.appendText(ChronoField.AMPM_OF_DAY);
            case 'M' -> builder.appendValue(ChronoField.MINUTE_OF_HOUR, 2);
            case 'S' -> builder.appendValue(ChronoField.SECOND_OF_MINUTE, 2);
            case 'L' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, 3, 3, false);
            case 'f' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, false);
            case 's' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, 9, 9, false);
            case 'z' -> builder.appendOffset("+HHMM", "Z");
            case 'j' -> builder.appendOffset("+HH:MM", "Z");
            case 'F' -> append("%Y-%m-%d", builder);
            case 'T', 'X' -> append("%H:%M:%S", builder);
            case 'R' -> append("%H:%M", builder);
            case '%' -> builder.appendLiteral('%');
            default ->
                    throw new OttlEvaluationException(
                            "the directive %" + name + " is not supported");
        }
    }

    /** A time of UTC, where the text has no offset; at midnight, where it has no time. */
    Type.Time parse(String text) {
        TemporalAccessor parsed;
        try {
            parsed = formatter.parse(text);
        } catch (DateTimeException wrong) {
            throw noTime(text);
        }
        LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date == null) {
            throw noTime(text);
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        Instant instant =
                date.atTime(time == null ? LocalTime.MIDNIGHT : time)
                        .toInstant(offset == null ? ZoneOffset.UTC : offset);
        return TimeConverters.time(instant.getEpochSecond(), instant.getNano());
    }

    private static OttlEvaluationException noTime(String text) {
        return new OttlEvaluationException("\"%s\" is no time of this format".formatted(text));
    }

    String format(OffsetDateTime time) {
        return formatter.format(time);
    }
}

package io.tailrace.jobs.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations on the command line, such as {@code 30m}, {@code 1h30m} and {@code 7d}. */
final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern FORM =
            Pattern.compile("([0-9]+d)?(([0-9]+h)?([0-9]+m)?([0-9]+s)?)");

    @Override
    public Duration convert(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new TypeConversionException('"' + text + "\" is not a duration such as 1h30m");
        }
        String days = parts.group(1) == null ? "" : parts.group(1);
        String times = parts.group(2).isEmpty() ? "" : "T" + parts.group(2);
        try {
            return Duration.parse("P" + days + times);
        } catch (DateTimeParseException tooLarge) {
            throw new TypeConversionException('"' + text + "\" is too long");
        }
    }
}

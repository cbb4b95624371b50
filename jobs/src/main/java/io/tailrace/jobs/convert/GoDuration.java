package io.tailrace.jobs.convert;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go takes them, which leaves more freedom than a spec does. */
final class GoDuration {

    private static final Pattern PART =
            Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern ALL =
            Pattern.compile("\\+?((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+");

    private GoDuration() {}

    /**
     * The same duration as a spec has it: {@code .5s} is {@code 0.5s}, and a number without a unit
     * is so many nanoseconds. What is no such duration is as it was.
     */
    static String inSpec(String text) {
        if (text.matches("[1-9]\\d*")) {
            return text + "ns";
        } else if (text.equals("0") || !ALL.matcher(text).matches()) {
            return text;
        }
        StringBuilder written = new StringBuilder();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            String number = new BigDecimal(part.group(1)).stripTrailingZeros().toPlainString();
            written.append(number).append(part.group(2).replace('μ', 'µ'));
        }
        return written.toString();
    }
}

package io.tailrace.operators.span.tracestate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A second reading of trace states, by regular expressions written down from the grammars. */
public final class PlainTraceState {

    private static final String REST = "[a-z0-9_*/-]";
    private static final Pattern MEMBER =
            Pattern.compile(
                    "(?<key>[a-z]"
                            + REST
                            + "{0,255}|[a-z0-9]"
                            + REST
                            + "{0,240}@[a-z]"
                            + REST
                            + "{0,13})=(?<value>[ -+\\--<>-~]{0,255}[!-+\\--<>-~])");
    private static final Pattern THRESHOLD = Pattern.compile("th:([0-9a-f]{1,14})");
    private static final Pattern RANDOMNESS = Pattern.compile("rv:([0-9a-f]{14})");

    private PlainTraceState() {}

    /** The members in their order; none where the text cannot be read. */
    public static Map<String, String> members(String text) {
        Map<String, String> members = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            String member = part.replaceAll("^[ \t]+|[ \t]+$", "");
            if (member.isEmpty()) {
                continue;
            }
            Matcher matcher = MEMBER.matcher(member);
            if (!matcher.matches()
                    || members.put(matcher.group("key"), matcher.group("value")) != null) {
                return Map.of();
            }
        }
        return members.size() > 32 ? Map.of() : members;
    }

    /** All members but OpenTelemetry's. */
    static List<String> others(String text) {
        List<String> others = new ArrayList<>();
        members(text)
                .forEach(
                        (key, value) -> {
                            if (!key.equals("ot")) {
                                others.add(key + "=" + value);
                            }
                        });
        return others;
    }

    /** All sub-keys of OpenTelemetry's member but the threshold. */
    static List<String> otherParts(String text) {
        return parts(text).stream()
                .filter(part -> !part.startsWith("th:"))
                .map(String::stripTrailing)
                .toList();
    }

    public static long threshold(String text) {
        return greatest(text, THRESHOLD);
    }

    public static long randomness(String text) {
        return greatest(text, RANDOMNESS);
    }

    private static long greatest(String text, Pattern pattern) {
        long greatest = -1;
        for (String part : parts(text)) {
            Matcher matcher = pattern.matcher(part);
            if (matcher.matches()) {
                String digits = matcher.group(1);
                long value =
                        new BigInteger(digits + "0".repeat(14 - digits.length()), 16).longValue();
                greatest = Math.max(greatest, value);
            }
        }
        return greatest;
    }

    private static List<String> parts(String text) {
        String member = members(text).getOrDefault("ot", "");
        return List.of(member.split(";")).stream().filter(part -> !part.isBlank()).toList();
    }
}

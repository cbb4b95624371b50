package io.tailrace.operators.rewriting;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What an attribute's value becomes: what a pattern captures of it, and that with placeholders. The
 * results of values seen last are remembered, so that those make no objects. For one thread.
 */
public final class Rewriting {

    /** Longer values hardly come again, and would make what is remembered large. */
    private static final int MOST_LENGTH = 512;

    private static final int REMEMBERED = 2048;

    private static final byte[] NOTHING = {};

    /** Null for none. */
    private final Pattern pattern;

    private final List<Template> templates;
    private final Known[] known = new Known[REMEMBERED];

    private record Template(Pattern pattern, String placeholder) {}

    private record Known(byte[] value, byte[] result) {}

    private Rewriting(Pattern pattern, List<Template> templates) {
        this.pattern = pattern;
        this.templates = templates;
    }

    /**
     * Null where values stay as they are.
     *
     * @param pattern with a group that captures what is left of a value (RE2); null for none
     * @param rules of which those count that are for the attribute
     */
    public static Rewriting of(String attribute, String pattern, List<TemplateRule> rules) {
        List<Template> templates =
                rules.stream()
                        .filter(rule -> rule.attributes().contains(attribute))
                        .map(
                                rule ->
                                        new Template(
                                                Pattern.compile(rule.pattern()),
                                                rule.placeholder()))
                        .toList();
        return pattern == null && templates.isEmpty()
                ? null
                : new Rewriting(pattern == null ? null : Pattern.compile(pattern), templates);
    }

    /** Replaces the value that begins there and is the last one; by nothing where it has none. */
    public void rewrite(Utf8Builder text, int from) {
        int to = text.length();
        if (to - from > MOST_LENGTH) {
            replace(text, from, result(text.text(from, to)));
            return;
        }
        int place = (int) text.hash(from, to) & REMEMBERED - 1;
        Known there = known[place];
        if (there == null || !text.holds(there.value, from, to)) {
            there =
                    new Known(
                            Arrays.copyOfRange(text.bytes(), from, to),
                            result(text.text(from, to)));
            known[place] = there;
        }
        replace(text, from, there.result);
    }

    private static void replace(Utf8Builder text, int from, byte[] result) {
        text.truncate(from);
        text.append(result);
    }

    private byte[] result(String value) {
        String rest = value;
        if (pattern != null) {
            Matcher matcher = pattern.matcher(value);
            // A group that takes no part in the match captures nothing.
            if (!matcher.find() || matcher.group(1) == null) {
                return NOTHING;
            }
            rest = matcher.group(1);
        }
        for (Template template : templates) {
            rest = template.pattern.matcher(rest).replaceAll(template.placeholder);
        }
        return rest.getBytes(StandardCharsets.UTF_8);
    }
}

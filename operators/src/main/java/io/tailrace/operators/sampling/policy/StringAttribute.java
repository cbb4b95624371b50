package io.tailrace.operators.sampling.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.evidence.RecentValues;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.span.wire.Attributes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a trace in which some text attribute equals one of some values, or in which one of some
 * regular expressions (RE2 syntax, as the Collector's) finds a match.
 */
@Meaning("Keeps a trace in which a text attribute has one of these values")
public record StringAttribute(
        @Setting("The attribute's key, of a span, event, scope or resource") String key,
        @Setting(value = "The values, empty ones are ignored; or regular expressions", least = 1)
                List<String> values,
        @Setting(value = "Takes the values as regular expressions", defaultsTo = "false")
                boolean enabledRegexMatching,
        @Setting(
                        value = "How many texts' results are remembered with regular expressions",
                        defaultsTo = "128",
                        most = 1_000_000)
                int cacheMaxSize,
        @Setting(value = "Keeps the traces in which none has it", defaultsTo = "false")
                boolean invertMatch)
        implements Policy, Checked {

    private static final int DEFAULT_CACHE = 128;

    @Override
    public void check(Problems problems) {
        if (key.isEmpty()) {
            problems.expected("key", "an attribute's key");
        }
        for (int i = 0; enabledRegexMatching && i < values.size(); i++) {
            try {
                Pattern.compile(values.get(i));
            } catch (PatternSyntaxException wrong) {
                problems.expected(
                        "values[%d]".formatted(i),
                        "a regular expression (RE2): " + wrong.getDescription());
            }
        }
    }

    @Override
    public TraceCondition compile(Compilation compilation) {
        // The Collector ignores empty texts, but not the expression that matches everything.
        List<String> wanted =
                enabledRegexMatching
                        ? values
                        : values.stream().filter(value -> !value.isEmpty()).toList();
        List<Object> parameters = new ArrayList<>(List.of(enabledRegexMatching));
        parameters.addAll(wanted);
        AttributeTest test =
                enabledRegexMatching
                        ? new Matching(patterns(wanted), cacheMaxSize)
                        : new Equal(texts(wanted));
        TraceCondition some =
                AttributeTest.some(compilation, "string_attribute", key, parameters, test);
        return invertMatch ? some.inverted() : some;
    }

    private static byte[][] texts(List<String> values) {
        return values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    private static Pattern[] patterns(List<String> values) {
        return values.stream().map(Pattern::compile).toArray(Pattern[]::new);
    }

    private record Equal(byte[][] values) implements AttributeTest {
        @Override
        public boolean on(Attributes found) {
            if (found.kind() != Attributes.ValueKind.TEXT) {
                return false;
            }
            for (byte[] value : values) {
                if (found.textIs(value)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Remembers the results of the texts seen last, for the same few come again and again. */
    private static final class Matching implements AttributeTest {
        private final Pattern[] patterns;
        private final RecentValues recent;

        Matching(Pattern[] patterns, int cacheMaxSize) {
            this.patterns = patterns;
            int most = cacheMaxSize > 0 ? cacheMaxSize : DEFAULT_CACHE;
            this.recent = new RecentValues(most, this::finds);
        }

        @Override
        public boolean on(Attributes found) {
            // The Collector passes over empty texts, but not over those of resources.
            return found.length() > 0 && onResource(found);
        }

        @Override
        public boolean onResource(Attributes found) {
            return found.kind() == Attributes.ValueKind.TEXT && recent.test(found);
        }

        private boolean finds(String text) {
            for (Pattern pattern : patterns) {
                if (pattern.matcher(text).find()) {
                    return true;
                }
            }
            return false;
        }
    }
}

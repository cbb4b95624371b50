package io.tailrace.operators.span.ottl;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.tailrace.operators.span.ottl.Converter.named;
import static io.tailrace.operators.span.ottl.Parameter.any;
import static io.tailrace.operators.span.ottl.Parameter.prepared;
import static io.tailrace.operators.span.ottl.Parameter.string;

/** Functions of regular expressions, in RE2's syntax as the Collector's. */
final class MatchConverters {

    static final List<Converter> ALL =
            List.of(
                    named(
                            "IsMatch",
                            Type.BOOL,
                            MatchConverters::isMatch,
                            any("target"),
                            prepared("pattern", MatchConverters::pattern)),
                    named(
                            "ExtractPatterns",
                            Type.MAP,
                            MatchConverters::extract,
                            string("target"),
                            prepared("pattern", MatchConverters::namedPattern)));

    private MatchConverters() {}

    private static Pattern pattern(String regularExpression) {
        try {
            return Pattern.compile(regularExpression);
        } catch (PatternSyntaxException wrong) {
            throw new OttlEvaluationException(
                    "no regular expression (RE2): " + wrong.getDescription());
        }
    }

    private static Pattern namedPattern(String regularExpression) {
        Pattern pattern = pattern(regularExpression);
        if (pattern.namedGroups().isEmpty()) {
            throw new OttlEvaluationException("the pattern names no group: (?P<name>...)");
        }
        return pattern;
    }

    private static Object isMatch(Arguments arguments) {
        String text = Strings.of(arguments.any(0));
        return text != null && ((Pattern) arguments.any(1)).matcher(text).find();
    }

    private static Object extract(Arguments arguments) {
        Pattern pattern = (Pattern) arguments.any(1);
        Matcher matcher = pattern.matcher(arguments.text(0));
        Map<String, Object> groups = new LinkedHashMap<>();
        if (matcher.find()) {
            for (Map.Entry<String, Integer> group : pattern.namedGroups().entrySet()) {
                String found = matcher.group(group.getValue());
                groups.put(group.getKey(), found == null ? "" : found);
            }
        }
        return groups;
    }
}

package io.tailrace.operators.rewriting;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.util.List;

/** What becomes of ids and numbers in paths and names, so that they do not make series of each. */
public record TemplateRule(
        @Setting("What is replaced, wherever it is found: a regular expression (RE2)")
                String pattern,
        @Setting("What takes its place, such as {id}; $1 is what the first group captures")
                String placeholder,
        @Setting(
                        value = "The attributes that it is for, where they are dimensions",
                        defaultsTo =
                                "[span.name, http.route, http.target, http.url, url.path, url.full,"
                                        + " target]",
                        least = 1)
                List<String> attributes)
        implements Checked, Serializable {

    /** Stands for the span's name among the attributes. */
    public static final String SPAN_NAME = "span.name";

    @Override
    public void check(Problems problems) {
        Pattern compiled;
        try {
            compiled = Pattern.compile(pattern);
        } catch (PatternSyntaxException wrong) {
            problems.expected("pattern", "a regular expression (RE2): " + wrong.getDescription());
            return;
        }
        if (compiled.matcher("").find()) {
            problems.expected("pattern", "one that finds nothing in an empty text");
        }
        try {
            // Groups of the placeholder are only looked for where something is replaced.
            Pattern.compile(pattern + "|").matcher("").replaceAll(placeholder);
        } catch (IndexOutOfBoundsException | IllegalArgumentException wrong) {
            problems.expected(
                    "placeholder",
                    "no other groups than the %d of the pattern".formatted(compiled.groupCount()));
        }
    }
}

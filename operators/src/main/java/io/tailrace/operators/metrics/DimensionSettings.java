package io.tailrace.operators.metrics;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;

/**
 * A dimension of series as a spec names it.
 *
 * @param name null where it is to be named after the attribute
 * @param otherwise null for none
 * @param pattern null for none
 */
public record DimensionSettings(
        @Setting(
                        "The attribute that gives its value, of the span or else of the resource; or"
                                + " span.name, span.kind, status.code or service.name of the span itself")
                String attribute,
        @Setting(
                        value =
                                "Its name in series; unless given, the attribute's, as the naming"
                                        + " writes it",
                        optional = true)
                String name,
        @Setting(
                        value =
                                "Its value for spans that have none; without it they lack the dimension",
                        key = "default",
                        optional = true)
                String otherwise,
        @Setting(
                        value =
                                "A regular expression (RE2) with one group: its value is what the group"
                                        + " captures, and where it finds nothing there is none",
                        optional = true)
                String pattern)
        implements Checked, Serializable {

    /** One named and valued as the attribute is. */
    static DimensionSettings of(String attribute, String name) {
        return new DimensionSettings(attribute, name, null, null);
    }

    @Override
    public void check(Problems problems) {
        if (attribute.isEmpty()) {
            problems.expected("attribute", "an attribute's key");
        }
        if (name != null && name.isEmpty()) {
            problems.expected("name", "a name that is not empty");
        }
        if (otherwise != null && otherwise.isEmpty()) {
            problems.expected("default", "a value that is not empty, for that is none");
        }
        if (pattern != null) {
            checkPattern(problems);
        }
    }

    private void checkPattern(Problems problems) {
        try {
            int groups = Pattern.compile(pattern).groupCount();
            if (groups != 1) {
                problems.expected(
                        "pattern", "one group that captures the value, but there are " + groups);
            }
        } catch (PatternSyntaxException wrong) {
            problems.expected("pattern", "a regular expression (RE2): " + wrong.getDescription());
        }
    }
}

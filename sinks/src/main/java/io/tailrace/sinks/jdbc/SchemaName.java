package io.tailrace.sinks.jdbc;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.ValueCheck;

import java.util.regex.Pattern;

/** What a schema may be called: a name that SQL takes as it is written. */
public final class SchemaName implements ValueCheck<String> {

    private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    @Override
    public void check(String name, Checked.Problems problems) {
        if (!FORM.matcher(name).matches()) {
            problems.expected(
                    "", "at most 63 lower-case letters, digits and underscores, no digit first");
        }
    }
}

package io.tailrace.jobs;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.ValueCheck;

import java.util.regex.Pattern;

/** What a job may be called: its name becomes part of paths and of Kafka's transactional ids. */
public final class JobName implements ValueCheck<String> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    @Override
    public void check(String name, Checked.Problems problems) {
        if (!FORM.matcher(name).matches()) {
            problems.expected(
                    "",
                    "at most 100 letters, digits, dots, dashes and underscores, beginning with a"
                            + " letter or digit");
        }
    }
}

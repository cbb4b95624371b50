package io.tailrace.jobs.convert;

import io.tailrace.jobs.Spec;
import io.tailrace.jobs.cli.JobSpecs;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecReader;

import java.util.List;
import java.util.Map;

/**
 * A spec, and what became of the configuration that it was made of.
 *
 * @param spec without the report at its top
 * @param notes in the order of the configuration's lines
 * @param wanted the variables that must be set, each with what it is for
 * @param advice what else is to be done, with parts of configurations; each a title and a text
 */
record Conversion(Written.Block spec, List<Note> notes, List<String> wanted, List<Advice> advice) {

    /**
     * Something to be done elsewhere.
     *
     * @param text of several lines
     */
    record Advice(String title, String text) {}

    static Conversion of(
            Written.Block spec, Notes notes, Variables variables, List<Advice> advice) {
        String text = SpecText.of(spec);
        variables.tellOfBare(text, notes);
        return new Conversion(spec, notes.inOrder(), variables.wanted(text), List.copyOf(advice));
    }

    /** The whole file, with the report at its top. */
    String text(String from) {
        StringBuilder text =
                new StringBuilder("# yaml-language-server: $schema=tailrace.schema.json\n");
        comment(text, "Made of " + from + " by ./tailrace convert.");
        Report report = new Report(this);
        report.words().forEach(line -> comment(text, line));
        report.code().forEach(line -> text.append(("# " + line).stripTrailing()).append('\n'));
        return text.append('\n').append(SpecText.of(spec)).toString();
    }

    private static void comment(StringBuilder text, String words) {
        SpecText.comment(words, 0).forEach(line -> text.append(line).append('\n'));
    }

    /** What {@code validate} would say of it, but for variables that are not set here. */
    List<Problem> problems(String name, Map<String, String> environment) {
        return SpecReader.<Spec>read(name, SpecText.of(spec), JobSpecs.ALL, List.of(), environment)
                .problems()
                .stream()
                .filter(problem -> !problem.isUnset())
                .toList();
    }
}

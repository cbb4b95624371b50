package io.tailrace.jobs.convert;

import io.tailrace.jobs.convert.Note.Outcome;
import io.tailrace.jobs.spec.Node;
import io.tailrace.jobs.spec.Problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what became of the parts of a configuration. */
final class Notes {

    private final List<Note> notes = new ArrayList<>();

    void carried(Node node, String path) {
        add(Outcome.CARRIED, node, path, "");
    }

    void changed(Node node, String path, String words) {
        add(Outcome.CHANGED, node, path, words);
    }

    void left(Node node, String path, String reason) {
        add(Outcome.LEFT, node, path, reason);
    }

    private void add(Outcome outcome, Node node, String path, String words) {
        Note note = new Note(outcome, node.location().line(), path, words);
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    /** In the order of the file's lines. */
    List<Note> inOrder() {
        return notes.stream().sorted(Comparator.comparingInt(Note::line)).toList();
    }

    /** Why a spec would refuse a value. */
    static String reasons(List<Problem> problems, String path) {
        return problems.stream()
                .map(
                        problem ->
                                (problem.path().equals(path) || !problem.path().startsWith(path)
                                                ? ""
                                                : problem.path()
                                                                .substring(path.length())
                                                                .replaceFirst("^\\.", "")
                                                        + ": ")
                                        + problem.complaint()
                                        + (problem.expected().isEmpty()
                                                ? ""
                                                : "; expected " + problem.expected()))
                .distinct()
                .collect(Collectors.joining(". "));
    }
}

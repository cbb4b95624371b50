package io.tailrace.jobs.convert;

import io.tailrace.jobs.convert.Note.Outcome;

import java.util.ArrayList;
import java.util.List;

/** Tells in lines what became of a configuration. */
record Report(Conversion conversion) {

    /** All of it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(words());
        lines.addAll(code());
        return lines;
    }

    /** What may be broken into lines. */
    List<String> words() {
        List<String> lines = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            List<String> told =
                    conversion.notes().stream()
                            .filter(note -> note.outcome() == outcome)
                            .map(Note::toString)
                            .toList();
            add(lines, outcome.title(), told);
        }
        add(lines, "To be set in the environment", conversion.wanted());
        return lines;
    }

    /** Parts of configurations, each below its title. */
    List<String> code() {
        List<String> lines = new ArrayList<>();
        for (Conversion.Advice advice : conversion.advice()) {
            add(lines, advice.title(), advice.text().lines().toList());
        }
        return lines;
    }

    private static void add(List<String> lines, String title, List<String> below) {
        if (!below.isEmpty()) {
            lines.add("");
            lines.add(title + ":");
            below.forEach(line -> lines.add("  " + line));
        }
    }
}

package io.tailrace.jobs.convert;

/**
 * What became of a part of a configuration.
 *
 * @param line in the file, from one
 * @param path such as {@code processors.tail_sampling.num_traces}
 * @param words what it became, or why it became nothing; empty where it is as it was
 */
record Note(Outcome outcome, int line, String path, String words) {

    /** What became of it. */
    enum Outcome {
        CARRIED("Carried over"),
        CHANGED("Changed"),
        LEFT("Not carried over");

        private final String title;

        Outcome(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    @Override
    public String toString() {
        return "line %d: %s%s".formatted(line, path, words.isEmpty() ? "" : ": " + words);
    }
}

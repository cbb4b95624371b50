package io.tailrace.jobs;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Spelled;
import io.tailrace.operators.settings.ValueCheck;

/** The kinds of specs: jobs, and what is registered elsewhere. */
public enum JobKind implements Spelled {
    TAIL_SAMPLING("tail-sampling"),
    VIRTUAL_METRICS("virtual-metrics"),
    DISCOVERY("discovery"),
    PIPELINE("pipeline"),
    CONTROL("control");

    private final String spelling;

    JobKind(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }

    /** A spec of another kind is not read as one of this. */
    public abstract static class Only implements ValueCheck<JobKind> {
        private final JobKind only;

        protected Only(JobKind only) {
            this.only = only;
        }

        @Override
        public final void check(JobKind kind, Checked.Problems problems) {
            if (kind != only) {
                problems.expected("", only.spelling);
            }
        }
    }
}

package io.tailrace.jobs.control;

import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.testing.ControlRuns;
import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.control.testing.StandInClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The life of applications, from nothing to nothing. */
class LifeTest {

    @TempDir private Path folder;
    private final StandInClock clock = new StandInClock();
    private StandIn standIn;
    private ControlRuns runs;

    @BeforeEach
    void start() throws IOException {
        standIn = new StandIn(clock);
        runs = new ControlRuns(standIn, clock, folder);
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private static long differing(List<Outcome> outcomes) {
        return outcomes.stream().mapToLong(Outcome::differing).sum();
    }

    @Test
    void theWholeLife() throws Exception {
        assertThat(differing(runs.plan())).isPositive();
        assertThat(standIn.writes()).isEmpty();

        assertThat(runs.applied()).extracting(Outcome::status).containsOnly("success");
        assertThat(standIn.platform().flows().status("bkapm_metrics_2_shop")).isEqualTo("running");
        assertThat(differing(runs.plan())).isZero();

        standIn.forgetCalls();
        runs.applied();
        assertThat(standIn.writes()).isEmpty();
    }
}

package io.tailrace.jobs.control;

import io.tailrace.jobs.control.run.Endings;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.testing.ControlRuns;
import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.control.testing.StandInClock;
import io.tailrace.jobs.http.Transport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** An {@code apply} that dies after any call, and is run again, ends where one ends that lives. */
class KillTest {

    @TempDir private Path folder;

    /** No code that looks after failures sees it, as with a process that is killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** When it dies. */
    enum Death {
        /** The call was done, and nobody knows. */
        BEFORE_THE_ANSWER_IS_REMEMBERED,
        /** All that the call brought is remembered, and the next one is not made. */
        BEFORE_THE_NEXT_CALL,
        /** The call was done, and then the state is lost. */
        AND_THE_STATE_IS_LOST
    }

    private static Transport dying(Death death, int call) {
        Transport real = ControlRuns.HTTP;
        AtomicInteger calls = new AtomicInteger();
        return request -> {
            int number = calls.incrementAndGet();
            if (death == Death.BEFORE_THE_NEXT_CALL && number > call) {
                throw new Killed();
            }
            HttpResponse<String> answer = real.send(request);
            if (death != Death.BEFORE_THE_NEXT_CALL && number == call) {
                throw new Killed();
            }
            return answer;
        };
    }

    /** Gives whether it died. */
    private static boolean dies(ControlRuns runs) throws Exception {
        try {
            runs.apply();
            return false;
        } catch (Killed expected) {
            return true;
        }
    }

    private static void assertNothingTwice(StandIn standIn) {
        List<String> creations =
                standIn.writes().stream()
                        .filter(each -> each.method().equals("POST"))
                        .map(StandIn.Request::path)
                        .filter(
                                each ->
                                        each.endsWith("/deploy_plan/")
                                                || each.endsWith("/cleans/")
                                                || each.endsWith("/flows/")
                                                || each.endsWith("add_streamto")
                                                || each.endsWith("add_route"))
                        .toList();
        assertThat(creations)
                .as("made once each, of two applications")
                .filteredOn(each -> each.endsWith("/deploy_plan/"))
                .hasSize(2);
        assertThat(creations).hasSize(2 + 2 + 1 + 1 + 1);
        assertThat(standIn.writes()).filteredOn(each -> each.path().endsWith("/nodes/")).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void theFirstApply(Death death) throws Exception {
        String end;
        try (StandIn standIn = new StandIn(new StandInClock())) {
            new ControlRuns(standIn, new StandInClock(), folder.resolve("whole")).applied();
            end = standIn.contents();
        }
        boolean died = true;
        int call = 0;
        while (died) {
            call++;
            StandInClock clock = new StandInClock();
            Path own = Files.createDirectories(folder.resolve("call-" + call));
            try (StandIn standIn = new StandIn(clock)) {
                died = dies(new ControlRuns(standIn, clock, own).transport(dying(death, call)));
                ControlRuns again = new ControlRuns(standIn, clock, own);
                if (death == Death.AND_THE_STATE_IS_LOST) {
                    Files.deleteIfExists(again.state());
                }
                again.applied();
                assertThat(standIn.contents()).as("killed at call %d", call).isEqualTo(end);
                assertNothingTwice(standIn);
                standIn.forgetCalls();
                again.applied();
                assertThat(standIn.writes()).as("killed at call %d", call).isEmpty();
            }
        }
        assertThat(call).isGreaterThan(30);
    }

    @ParameterizedTest
    @EnumSource(
            value = Death.class,
            names = {"BEFORE_THE_ANSWER_IS_REMEMBERED", "BEFORE_THE_NEXT_CALL"})
    void theEnd(Death death) throws Exception {
        boolean died = true;
        int call = 0;
        while (died) {
            call++;
            StandInClock clock = new StandInClock();
            Path own = Files.createDirectories(folder.resolve("end-" + call));
            try (StandIn standIn = new StandIn(clock)) {
                standIn.platform().flows().stopping(Duration.ofSeconds(3));
                new ControlRuns(standIn, clock, own).applied();
                try {
                    destroy(new ControlRuns(standIn, clock, own).transport(dying(death, call)));
                    died = false;
                } catch (Killed expected) {
                    died = true;
                }
                assertThat(destroy(new ControlRuns(standIn, clock, own)))
                        .allSatisfy(each -> assertThat(each.failures()).isEmpty());
                assertThat(standIn.platform().flows().sql()).isEmpty();
                assertThat(standIn.gse().channels()).isEmpty();
                assertThat(standIn.gse().receivers()).isEmpty();
                assertThat(standIn.platform().isStopped("2_bkapm_virtual_metric_shop")).isTrue();
                new ControlRuns(standIn, clock, own).applied();
                assertThat(standIn.platform().flows().sql()).hasSize(2);
            }
        }
        assertThat(call).isGreaterThan(10);
    }

    private static List<Outcome> destroy(ControlRuns runs) throws Exception {
        return runs.on(
                true,
                site ->
                        new Endings(site, (application, change) -> {})
                                .destroy(site.spec().applications()));
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void anApplyThatChangesAFlow(Death death) throws Exception {
        String change = "applications[0].flows[0].virtual_metrics.dimensions[5]=peer_service";
        boolean died = true;
        int call = 0;
        while (died) {
            call++;
            StandInClock clock = new StandInClock();
            Path own = Files.createDirectories(folder.resolve("change-" + call));
            try (StandIn standIn = new StandIn(clock)) {
                new ControlRuns(standIn, clock, own).applied();
                standIn.forgetCalls();
                died =
                        dies(
                                new ControlRuns(standIn, clock, own)
                                        .set(change)
                                        .transport(dying(death, call)));
                ControlRuns again = new ControlRuns(standIn, clock, own).set(change);
                if (death == Death.AND_THE_STATE_IS_LOST) {
                    Files.deleteIfExists(again.state());
                }
                again.applied();
                assertThat(standIn.contents())
                        .as("killed at call %d", call)
                        .contains("peer_service")
                        .contains("running")
                        .contains("as configured")
                        .doesNotContain("an older version");
                standIn.forgetCalls();
                again.applied();
                assertThat(standIn.writes()).as("killed at call %d", call).isEmpty();
            }
        }
        assertThat(call).isGreaterThan(10);
    }
}

package io.tailrace.jobs.control;

import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.state.BusyException;
import io.tailrace.jobs.control.state.ControlState;
import io.tailrace.jobs.control.testing.ControlRuns;
import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.control.testing.StandInClock;
import io.tailrace.jobs.http.Time;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where what was done is remembered. */
@ExtendWith(PostgresExtension.class)
class StateTest {

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

    private void inDatabase(PostgresDatabase database) {
        runs.environment("PG_PASSWORD", PostgresServer.password())
                .set(
                        "state={jdbc: {url: '%s', user: %s, password: '${PG_PASSWORD}', schema: own}}"
                                .formatted(database.url(), PostgresServer.USER));
    }

    @Test
    void aDatabaseRemembersAsAFileDoes(PostgresDatabase database) throws Exception {
        inDatabase(database);
        assertThat(runs.plan()).hasSize(2);
        runs.applied();
        standIn.forgetCalls();
        runs.applied();
        assertThat(standIn.writes()).isEmpty();
        assertThat(runs.plan()).allMatch(each -> each.differing() == 0);
        assertThat(runs.state()).doesNotExist();
    }

    private void assertOnlyOneAtATime() throws Exception {
        try (ControlState first = ControlState.toWrite(runs.spec(), Time.SYSTEM)) {
            assertThat(first.applications()).isEmpty();
            assertThatThrownBy(() -> ControlState.toWrite(runs.spec(), Time.SYSTEM))
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("another run is at work");
            ControlState.toRead(runs.spec(), Time.SYSTEM).close();
        }
        ControlState.toWrite(runs.spec(), Time.SYSTEM).close();
    }

    @Test
    void onlyOneRunWritesAFile() throws Exception {
        assertOnlyOneAtATime();
    }

    @Test
    void onlyOneRunWritesARow(PostgresDatabase database) throws Exception {
        inDatabase(database);
        assertOnlyOneAtATime();
    }

    @Test
    void aDamagedStateIsToldAndWhatExistsIsAdoptedWithoutIt() throws Exception {
        runs.applied();
        String whole = Files.readString(runs.state());
        Files.writeString(runs.state(), whole.substring(0, whole.length() / 2));
        assertThatThrownBy(() -> runs.apply())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged; move it away");

        Files.delete(runs.state());
        standIn.forgetCalls();
        assertThat(runs.applied()).extracting(Outcome::status).containsOnly("success");
        assertThat(standIn.writes())
                .as("written again is what the platform does not show")
                .noneMatch(each -> each.path().endsWith("/deploy_plan/"))
                .noneMatch(each -> each.path().endsWith("/cleans/"))
                .noneMatch(each -> each.path().endsWith("/flows/"))
                .noneMatch(each -> each.path().endsWith("/nodes/"))
                .noneMatch(each -> each.path().contains("add_"));
    }

    @Test
    void theStateOfAnotherSpecIsNotTaken() throws Exception {
        runs.applied();
        runs.set("name=another");
        assertThatThrownBy(() -> runs.apply())
                .hasMessageContaining("the state is that of the spec \"site\", not of \"another\"");
    }

    @Test
    void whatWasDoneIsLoggedWithItsTime() throws Exception {
        runs.applied();
        assertThat(Files.readString(runs.state()))
                .contains("\"time\" : \"2026-01-01T00:00:00Z\"")
                .contains("create raw data bkapm_virtual_metric_shop")
                .contains("\"status\" : \"success\"");
    }
}

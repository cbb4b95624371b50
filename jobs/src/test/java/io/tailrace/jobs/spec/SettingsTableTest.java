package io.tailrace.jobs.spec;

import org.junit.jupiter.api.Test;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsTableTest {

    @Test
    void hasARowForEveryKeyBelowItsPrefix() {
        assertThat(SettingsTable.of(ShopSpec.TailSampling.class, "tail_sampling"))
                .startsWith("| key | type | default | meaning |\n|---|---|---|---|\n")
                .contains(
                        "| `tail_sampling.decision_wait` | duration, from 1ms to 1h | `30s` | How"
                                + " long to wait |\n",
                        "| `tail_sampling.decision_wait_after_root_received` | duration | none |",
                        "| `tail_sampling.max_bytes_per_trace` | size, at least 1KiB | `16MiB` |",
                        "| `tail_sampling.policies` | list of objects | required |",
                        "| `tail_sampling.policies[].type` | `always_sample`, `latency`,"
                                + " `status_code`, `probabilistic`, `and` | required |",
                        "| `tail_sampling.policies[].always_sample` | object |  | Keeps every trace"
                                + " |\n",
                        "| `tail_sampling.policies[].status_code.status_codes` | list of `OK`,"
                                + " `ERROR`, `UNSET` | required |",
                        "| `tail_sampling.policies[].and.and_sub_policy` | list of objects, as the"
                                + " ones around | required |");
    }

    @Test
    void leavesOutWhatHasATableElsewhere() {
        String table = SettingsTable.of(ShopSpec.class, "", Set.of(ShopSpec.TailSampling.class));
        assertThat(table)
                .contains(
                        "| `tail_sampling` | object |",
                        "| `sinks.<name>[].jdbc.password` | text (secret, by reference) |")
                .doesNotContain("tail_sampling.policies");
    }
}

package io.tailrace.bench.profile;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ProfileTest {

    @Test
    void sharesAreByTheInnermostFrame() {
        String task = "[Source: requests -> chunks (1/2)#0 tid=11];java/lang/Thread.run;";
        String split = "io/tailrace/operators/span/wire/RequestSplitter.split";
        String copy = ";jbyte_disjoint_arraycopy";
        Profile profile =
                Profile.of(
                        List.of(
                                task + split + " 5",
                                task + split + copy + " 2",
                                task + split + ";org/rocksdb/RocksDB.put;rocksdb::DB::Put() 1",
                                "[rocksdb:low tid=12];rocksdb::Compact;memcpy 1",
                                "[C2 CompilerThre tid=3];PhaseChaitin::Split(unsigned int) 1"));

        assertThat(profile.samples()).isEqualTo(10);
        assertThat(profile.byArea())
                .containsExactly(
                        new Profile.Cost("reading and splitting OTLP", 0.7),
                        new Profile.Cost("RocksDB's own threads: flushing, compacting", 0.1),
                        new Profile.Cost("RocksDB: reads and writes of tasks", 0.1),
                        new Profile.Cost("compiling", 0.1));
        assertThat(profile.byFrame())
                .startsWith(
                        new Profile.Cost("RequestSplitter.split", 0.5),
                        new Profile.Cost("jbyte_disjoint_arraycopy", 0.2))
                .contains(new Profile.Cost("PhaseChaitin::Split(unsigned int)", 0.1));
    }

    @Test
    void nothingSampledIsNoCost() {
        assertThat(Profile.of(List.of())).isEqualTo(new Profile(0, List.of(), List.of()));
    }
}

package io.tailrace.operators.state;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotPaceTest {

    @Test
    void theLastQuarterBeforeTheNextSnapshotIsSoon() {
        SnapshotPace pace = new SnapshotPace(10_000, 1_000);
        assertThat(pace.isSoon(2_000, 50_000)).isFalse();
        assertThat(pace.isSoon(8_499, 60_000)).isFalse();
        assertThat(pace.isSoon(8_500, 60_000)).isTrue();
        assertThat(pace.isSoon(13_500, 60_000)).isTrue();
        // Nobody knows when one comes that is that late.
        assertThat(pace.isSoon(30_000, 60_000)).isFalse();
    }

    @Test
    void howOftenTheyComeIsSeen() {
        SnapshotPace pace = new SnapshotPace(10_000, 1_000);
        pace.snapshot(12_000, 50_000);
        assertThat(pace.isSoon(19_499, 60_000)).isFalse();
        assertThat(pace.isSoon(19_500, 60_000)).isTrue();
        pace.snapshot(32_000, 50_000);
        assertThat(pace.isSoon(46_999, 60_000)).isFalse();
        assertThat(pace.isSoon(47_000, 60_000)).isTrue();
    }

    @Test
    void nothingIsSoonWhereThereAreNoSnapshotsOrNoTime() {
        SnapshotPace none = new SnapshotPace(0, 1_000);
        assertThat(none.isSoon(5_000, 0)).isFalse();
        assertThat(none.isSoon(100_000, 1)).isFalse();
        SnapshotPace unknown = new SnapshotPace(10_000, 1_000);
        unknown.snapshot(11_000, Long.MIN_VALUE);
        assertThat(unknown.isSoon(20_000, 60_000)).isFalse();
        assertThat(unknown.isSoon(20_000, 60_000)).isFalse();
        assertThat(unknown.isSoon(20_500, Long.MAX_VALUE)).isFalse();
        assertThat(unknown.isSoon(20_500, 61_000)).isTrue();
    }

    @Test
    void timeGoesOnAsItDid() {
        SnapshotPace pace = new SnapshotPace(10_000, 1_000);
        pace.snapshot(11_000, 50_000);
        // 8 s of processing time brought 24 s of event time; 2 s are left.
        assertThat(pace.watermarkAtNext(19_000, 74_000)).isEqualTo(80_000);
        // The snapshot is overdue.
        assertThat(pace.watermarkAtNext(25_000, 90_000)).isEqualTo(90_000);
    }
}

package io.tailrace.operators.sampling.state;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotPaceTest {

    private static SnapshotPace afterTwo(long watermark) {
        SnapshotPace pace = new SnapshotPace();
        pace.snapshot(1_000, watermark - 1);
        pace.snapshot(11_000, watermark);
        return pace;
    }

    @Test
    void theLastQuarterBeforeTheNextSnapshotIsSoon() {
        SnapshotPace pace = afterTwo(50_000);
        assertThat(pace.isSoon(18_499, 60_000)).isFalse();
        assertThat(pace.isSoon(18_500, 60_000)).isTrue();
        assertThat(pace.isSoon(30_000, 60_000)).isTrue();
    }

    @Test
    void nothingIsSoonAfterOneSnapshotOrWhereTimeIsNotKnown() {
        SnapshotPace one = new SnapshotPace();
        assertThat(one.isSoon(5_000, 0)).isFalse();
        one.snapshot(1_000, 50_000);
        assertThat(one.isSoon(100_000, 60_000)).isFalse();
        SnapshotPace unknown = new SnapshotPace();
        unknown.snapshot(1_000, Long.MIN_VALUE);
        unknown.snapshot(11_000, Long.MIN_VALUE);
        assertThat(unknown.isSoon(20_000, 60_000)).isFalse();
        assertThat(afterTwo(50_000).isSoon(20_000, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void timeGoesOnAsItDid() {
        SnapshotPace pace = afterTwo(50_000);
        // 8 s of processing time brought 24 s of event time; 2 s are left.
        assertThat(pace.watermarkAtNext(19_000, 74_000)).isEqualTo(80_000);
        // The snapshot is overdue.
        assertThat(pace.watermarkAtNext(25_000, 90_000)).isEqualTo(90_000);
    }
}

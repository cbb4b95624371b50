package io.tailrace.operators.state;

import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class IdFilterTest {

    private static final int IDS = 400_000;

    /** Ids as tracers give them. The second half is never added. */
    enum Ids {
        RANDOM {
            @Override
            TraceId get(int i) {
                SplittableRandom random = new SplittableRandom(i);
                return new TraceId(random.nextLong(), random.nextLong());
            }
        },
        SEQUENTIAL {
            @Override
            TraceId get(int i) {
                return new TraceId(0, i);
            }
        },
        SEQUENTIAL_ABOVE {
            @Override
            TraceId get(int i) {
                return new TraceId((long) i << 40, 7);
            }
        };

        abstract TraceId get(int i);
    }

    private static double passing(IdFilter filter, Ids ids, int from) {
        int passing = 0;
        for (int i = from; i < from + IDS; i++) {
            passing += filter.mayContain(IdFilter.hash(ids.get(i))) ? 1 : 0;
        }
        return (double) passing / IDS;
    }

    @ParameterizedTest
    @EnumSource
    void fewPassThatWereNotAdded(Ids ids) {
        for (long expected : new long[] {1, 1_000, IDS}) {
            IdFilter filter = new IdFilter(3, expected);
            for (int i = 0; i < IDS; i++) {
                filter.add(IdFilter.hash(ids.get(i)));
            }
            assertThat(filter.ids()).isEqualTo(IDS);
            assertThat(passing(filter, ids, 0)).isEqualTo(1);
            assertThat(passing(filter, ids, IDS)).isLessThan(expected == IDS ? 0.003 : 0.02);
            assertThat(filter.bytes()).isBetween(2L * IDS, expected == IDS ? 2L * IDS : 4L * IDS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void filtersOfOtherSaltErrOnOtherIds(Ids ids) {
        IdFilter one = new IdFilter(1, 1_000);
        IdFilter other = new IdFilter(2, 1_000);
        for (int i = 0; i < 5_000; i++) {
            one.add(IdFilter.hash(ids.get(i)));
            other.add(IdFilter.hash(ids.get(i)));
        }
        int both = 0;
        int either = 0;
        for (int i = 5_000; i < IDS; i++) {
            long hash = IdFilter.hash(ids.get(i));
            either += one.mayContain(hash) ? 1 : 0;
            both += one.mayContain(hash) && other.mayContain(hash) ? 1 : 0;
        }
        assertThat(both).isLessThan(either / 20);
    }
}

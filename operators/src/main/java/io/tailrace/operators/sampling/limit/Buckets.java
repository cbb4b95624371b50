package io.tailrace.operators.sampling.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One subtask's shares of the job's budgets: token buckets that fill by event time. Of p subtasks
 * each gets 1/p of rate and burst. What costs no more than the whole burst passes while a share is
 * positive, and may take it into debt; so large traces pass at any parallelism, and the long-run
 * rate holds.
 */
public final class Buckets {

    private final List<Budget> budgets;
    private final BucketShare[] shares;

    /** Full ones. */
    public Buckets(List<Budget> budgets, int parallelism) {
        this.budgets = List.copyOf(budgets);
        this.shares =
                budgets.stream()
                        .map(budget -> BucketShare.full(budget, parallelism))
                        .toArray(BucketShare[]::new);
    }

    /**
     * What the subtasks before left is split anew: all of it, brought to one time, by the number of
     * subtasks now. A budget that has changed keeps what it had, up to its new burst.
     *
     * @param left the shares of all subtasks before, in any order
     */
    public static Buckets restored(
            List<Budget> budgets, int parallelism, Iterable<BucketShare> left) {
        List<BucketShare> all = new ArrayList<>();
        left.forEach(all::add);
        Map<String, List<BucketShare>> byName =
                all.stream().collect(Collectors.groupingBy(BucketShare::name));
        Buckets buckets = new Buckets(budgets, parallelism);
        for (int i = 0; i < buckets.shares.length; i++) {
            List<BucketShare> before = byName.get(buckets.shares[i].name());
            if (before != null) {
                buckets.shares[i] = split(buckets.shares[i], before, parallelism);
            }
        }
        return buckets;
    }

    private static BucketShare split(BucketShare full, List<BucketShare> before, int parallelism) {
        long time = before.stream().mapToLong(BucketShare::time).max().orElseThrow();
        double tokens = before.stream().mapToDouble(share -> share.at(time).tokens()).sum();
        return new BucketShare(
                full.name(),
                Math.min(full.capacity(), tokens / parallelism),
                time,
                full.rate(),
                full.capacity());
    }

    /** Fills all up to a time, milliseconds since the epoch; an earlier one changes nothing. */
    public void fill(long time) {
        for (int i = 0; i < shares.length; i++) {
            shares[i] = shares[i].at(time);
        }
    }

    /** Whether a cost could be spent now. */
    public boolean canBear(int bucket, long cost) {
        return cost <= budgets.get(bucket).burst() && shares[bucket].tokens() > 0;
    }

    public void spend(int bucket, long cost) {
        shares[bucket] = shares[bucket].less((double) cost);
    }

    /** What goes into state. */
    public List<BucketShare> shares() {
        return List.of(shares);
    }
}

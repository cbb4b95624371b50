package io.tailrace.operators.sampling.decision;

import io.tailrace.operators.sampling.limit.Buckets;

import java.util.ArrayList;
import java.util.List;

/**
 * A limiter's answer.
 *
 * @param costs what is to be spent where it is taken; none unless it samples
 * @param subPolicy which of its policies sampled, where it has several; else null
 */
public record Offer(Vote vote, List<Cost> costs, String subPolicy) {

    /** So much from one bucket. */
    public record Cost(int bucket, long amount) {}

    /** Samples nothing. */
    public static Offer none(Vote vote) {
        return new Offer(vote, List.of(), null);
    }

    /** Samples where every bucket can bear its cost. */
    public static Offer within(Buckets buckets, List<Cost> costs) {
        boolean bearable =
                costs.stream().allMatch(each -> buckets.canBear(each.bucket(), each.amount()));
        return bearable ? new Offer(Vote.SAMPLED, costs, null) : none(Vote.NOT_SAMPLED);
    }

    /** The same, told by the name of the policy within. */
    public Offer by(String name) {
        return new Offer(vote, costs, name);
    }

    /** Both must sample, and both are spent. */
    public Offer and(Offer that) {
        if (vote != Vote.SAMPLED) {
            return this;
        }
        if (that.vote != Vote.SAMPLED) {
            return that;
        }
        List<Cost> all = new ArrayList<>(costs);
        all.addAll(that.costs);
        return new Offer(Vote.SAMPLED, all, null);
    }

    public void spend(Buckets buckets) {
        costs.forEach(each -> buckets.spend(each.bucket(), each.amount()));
    }
}

package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.LimitedCondition;
import io.tailrace.operators.sampling.decision.Offer;
import io.tailrace.operators.sampling.evidence.Evidence;

import java.util.List;
import java.util.function.ToLongFunction;

/** What samples as long as one budget bears it. */
final class SingleBudget {

    private static final double SECONDS_OF_BURST = 2;

    private SingleBudget() {}

    /**
     * @param rate how much comes in a second
     * @param burst how much may come at once; 0 is the Collector's default, what comes in two
     *     seconds
     * @param cost of a trace
     */
    static LimitedCondition of(
            Compilation compilation, long rate, long burst, ToLongFunction<Evidence> cost) {
        double most = burst == 0 ? SECONDS_OF_BURST * rate : burst;
        int bucket = compilation.budget((double) rate, most);
        return (known, buckets) ->
                Offer.within(
                        buckets,
                        List.of(new Offer.Cost(bucket, cost.applyAsLong(known.evidence()))));
    }
}

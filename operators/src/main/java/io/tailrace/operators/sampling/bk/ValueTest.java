package io.tailrace.operators.sampling.bk;

import io.tailrace.operators.span.wire.Attributes;

/** What a condition asks of a field that is there. Each instance is used by one thread. */
interface ValueTest {

    boolean onText(String text);

    boolean onWhole(long number);

    boolean onAttribute(Attributes found);

    /** Makes the test of a condition that was checked. */
    static ValueTest of(BkCondition condition) {
        return switch (condition.method()) {
            case EQ -> new OneOfTexts(condition.value(), true);
            case NEQ -> new OneOfTexts(condition.value(), false);
            case REG -> new WholeMatch(condition.value(), true);
            case NREG -> new WholeMatch(condition.value(), false);
            case GT -> Comparison.withLargest(condition.value(), order -> order > 0);
            case GTE -> Comparison.withLargest(condition.value(), order -> order >= 0);
            case LT -> Comparison.withSmallest(condition.value(), order -> order < 0);
            case LTE -> Comparison.withSmallest(condition.value(), order -> order <= 0);
        };
    }
}

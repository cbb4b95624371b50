package io.tailrace.operators.span.ottl;

/** A compiled condition, or a part of one. */
@FunctionalInterface
interface Condition {

    /**
     * @throws OttlEvaluationException where it cannot be told
     */
    boolean test(Row row);
}

package io.tailrace.operators.sampling.explanation;

/** What settled a policy's vote. */
public sealed interface Cause {

    /** It was settled before any span came: by the trace's id, or whatever the trace is. */
    record Beforehand() implements Cause {}

    /** What was known once this span had come; before it, the vote was open. */
    record BySpan(SpanBrief span) implements Cause {}

    /** No span settled it, but that no more spans counted did. */
    record End() implements Cause {}

    /** It spends from a budget, which is asked last. */
    record Budgeted() implements Cause {}
}

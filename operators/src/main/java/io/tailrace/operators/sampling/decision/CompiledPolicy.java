package io.tailrace.operators.sampling.decision;

/** A policy ready to be asked. */
public sealed interface CompiledPolicy permits TraceCondition, LimitedCondition {}

package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.CompiledPolicy;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;

/** A policy within another, where its name says nothing to anyone. */
public record SubPolicy(
        @Setting(value = "Its name, for the reader", optional = true) String name,
        @Setting("What it asks") Policy policy)
        implements Serializable {

    /**
     * @param number its place among those beside it
     */
    CompiledPolicy compile(Compilation compilation, int number) {
        return policy.compile(compilation.named(Integer.toString(number)));
    }
}

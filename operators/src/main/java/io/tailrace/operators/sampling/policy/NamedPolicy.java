package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.CompiledPolicy;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;

/** A policy and the name that records and metrics tell it by. */
public record NamedPolicy(
        @Setting("Its name in records and metrics, unlike all others") String name,
        @Setting("What it asks") Policy policy)
        implements Checked, Serializable {

    @Override
    public void check(Problems problems) {
        if (name.isBlank()) {
            problems.expected("name", "a name");
        }
    }

    /** Makes it ready to be asked. */
    public CompiledPolicy compile(Compilation compilation) {
        return policy.compile(compilation.named(name));
    }
}

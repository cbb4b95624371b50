package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /** Reports names that stand twice in a list. */
    public static void checkNames(String key, List<NamedPolicy> policies, Problems problems) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < policies.size(); i++) {
            if (!seen.add(policies.get(i).name())) {
                problems.expected(
                        "%s[%d].name".formatted(key, i), "a name that no other policy has");
            }
        }
    }
}

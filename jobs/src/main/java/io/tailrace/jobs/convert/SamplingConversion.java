package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;
import io.tailrace.jobs.spec.NodeReader;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.policy.NamedPolicy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the block {@code tail_sampling} of a processor {@code tail_sampling}. */
final class SamplingConversion {

    private static final Class<SamplingSettings> BLOCK = SamplingSettings.class;

    private final Notes notes;
    private final Map<String, String> environment;

    SamplingConversion(Notes notes, Map<String, String> environment) {
        this.notes = notes;
        this.environment = environment;
    }

    /**
     * The block.
     *
     * @throws WrongConfiguration where there is no policy in it that could be carried over
     */
    Written.Block convert(Section from) throws WrongConfiguration {
        Written.Block into = new Written.Block();
        if (from.look("decision_wait") == null) {
            into.put("decision_wait", "30s");
        }
        from.carryDuration("decision_wait", BLOCK, "decision_wait", into);
        from.carryDuration(
                "decision_wait_after_root_received",
                BLOCK,
                "decision_wait_after_root_received",
                into);
        size(from, into);
        from.leftAsForeign(
                BLOCK,
                "num_traces",
                "expected_new_traces_per_sec",
                "block_on_overflow",
                "decision_cache",
                "sample_on_first_match",
                "drop_pending_traces_on_shutdown",
                "num_shards",
                "tail_storage");
        if ("trace-complete".equals(from.text("sampling_strategy"))) {
            from.carried("sampling_strategy");
        } else {
            from.leftAsForeign(BLOCK, "sampling_strategy");
        }
        into.put("policies", policies(from));
        from.rest("the processor tail_sampling");
        return into;
    }

    private void size(Section from, Written.Block into) {
        String key = "maximum_trace_size_bytes";
        if ("0".equals(from.text(key))) {
            from.left(key, "0 is off there; here max_bytes_per_trace is 16MiB unless given");
        } else {
            from.carry(
                    key,
                    BLOCK,
                    "max_bytes_per_trace",
                    into,
                    node -> node,
                    "is now max_bytes_per_trace, at which a trace is decided on what is there, where"
                            + " the Collector does not sample it");
        }
    }

    private Written.Items policies(Section from) throws WrongConfiguration {
        Written.Items policies = new Written.Items();
        Node list = from.take("policies");
        if (!(list instanceof Node.Sequence sequence) || sequence.elements().isEmpty()) {
            throw new WrongConfiguration(
                    list == null ? from.node() : list,
                    from.path("policies"),
                    "is no list of policies, of which the processor needs one at least");
        }
        for (int i = 0; i < sequence.elements().size(); i++) {
            policy(sequence.elements().get(i), from.path("policies[" + i + "]"), policies);
        }
        if (!policies.hasValues()) {
            throw new WrongConfiguration(
                    list,
                    from.path("policies"),
                    "none of these can be carried over:\n  "
                            + String.join(
                                    "\n  ", notes.inOrder().stream().map(Note::toString).toList()));
        }
        return policies;
    }

    private void policy(Node written, String path, Written.Items policies) {
        Node policy = withoutBlocksOfOtherTypes(written, path);
        SpecResult<NamedPolicy> result =
                NodeReader.bind(NamedPolicy.class, policy, path, environment);
        List<Problem> refused =
                result.problems().stream().filter(problem -> !problem.isUnset()).toList();
        if (!refused.isEmpty()) {
            String reasons = Notes.reasons(refused, path);
            notes.left(written, path, "the policy is left out: " + reasons);
            policies.commentOut(Written.of(policy), "Left out: " + reasons);
            return;
        }
        policies.add(Written.of(policy));
        notes.carried(written, path + name(policy));
        if (result.isGood()) {
            for (String difference : PolicyDifferences.of(result.value().policy())) {
                notes.changed(written, path, difference);
            }
        }
    }

    /** To stand behind a path; empty where there is none. */
    private static String name(Node policy) {
        List<String> name = CollectorFile.texts(policy, "name");
        return name.isEmpty() ? "" : " (" + name.get(0) + ")";
    }

    /** The Collector passes over them, where a spec would refuse them. */
    private Node withoutBlocksOfOtherTypes(Node written, String path) {
        if (!(written instanceof Node.Mapping mapping)
                || mapping.entries().get("type") == null
                || !(mapping.entries().get("type").value() instanceof Node.Scalar type)) {
            return written;
        }
        Map<String, Node.Entry> own = new LinkedHashMap<>();
        mapping.entries()
                .forEach(
                        (key, entry) -> {
                            boolean other =
                                    entry.value() instanceof Node.Mapping
                                            && !key.equals(type.text());
                            if (other) {
                                notes.left(
                                        entry.value(),
                                        path + "." + key,
                                        "is for another type than the policy's");
                            } else {
                                own.put(key, entry);
                            }
                        });
        return new Node.Mapping(own, mapping.location());
    }
}

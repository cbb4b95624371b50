package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;
import io.tailrace.operators.sampling.BkSettings;
import io.tailrace.operators.sampling.policy.BkConditions;

import java.util.List;
import java.util.Map;

/** Makes a spec of the parameters of BlueKing's tail sampling, in JSON or YAML. */
final class BkConversion {

    private static final List<String> TIMES =
            List.of("trace_session_gap_min", "trace_mark_timeout_min", "max_span_count");

    private BkConversion() {}

    /**
     * Makes a spec.
     *
     * @throws WrongConfiguration where the file has none of the parameters
     */
    static Conversion of(Node root, String name, Map<String, String> environment)
            throws WrongConfiguration {
        List<String> known =
                List.of(
                        "trace_session_gap_min",
                        "trace_mark_timeout_min",
                        "max_span_count",
                        "random_sampling_ratio",
                        "sampling_conditions");
        if (!(root instanceof Node.Mapping mapping)
                || known.stream().noneMatch(mapping.entries()::containsKey)) {
            throw new WrongConfiguration(
                    root,
                    "",
                    "has no parameters of BlueKing's tail sampling; expected an object with some of: "
                            + String.join(", ", known));
        }
        Notes notes = new Notes();
        Section from = new Section(mapping, "", notes, environment);
        Written.Block bk = new Written.Block();
        TIMES.forEach(key -> from.carry(key, BkSettings.class, key, bk));
        Written.Block policy = new Written.Block();
        List.of("random_sampling_ratio", "sampling_conditions")
                .forEach(key -> from.carry(key, BkConditions.class, key, policy));
        from.rest("BlueKing's tail sampling");
        return Conversion.of(spec(name, bk, policy), notes, new Variables(), List.of());
    }

    private static Written.Block spec(String name, Written.Block bk, Written.Block policy) {
        Written.Block source =
                new Written.Block()
                        .put("bootstrap_servers", SourceConversion.BROKERS)
                        .put("topics", Written.texts(List.of("${SPANS_TOPIC}")))
                        .put("encoding", "bk_json");
        Written.Block sampled =
                new Written.Block()
                        .put("topic", "${SAMPLED_SPANS_TOPIC}")
                        .put("encoding", "bk_json");
        Written.Items policies =
                new Written.Items()
                        .add(
                                new Written.Block()
                                        .put("name", "bk")
                                        .put("type", "bk_conditions")
                                        .put("bk_conditions", policy));
        return new Written.Block()
                .put("kind", "tail-sampling")
                .put("name", name)
                .put("source", new Written.Block().put("kafka", source))
                .put(
                        "tail_sampling",
                        new Written.Block()
                                .put(
                                        "bk",
                                        bk,
                                        "BlueKing's defaults hold for what is not given here.")
                                .put("policies", policies))
                .put(
                        "sinks",
                        new Written.Block()
                                .put("spans", sink(sampled))
                                .put(
                                        "dead_letters",
                                        sink(
                                                new Written.Block()
                                                        .put("topic", "tailrace_dead_letters")),
                                        "What cannot be read, with the reason."));
    }

    private static Written.Items sink(Written.Block kafka) {
        return new Written.Items().add(new Written.Block().put("kafka", kafka));
    }
}

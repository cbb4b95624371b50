package io.tailrace.jobs.preview.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.preview.Amount;
import io.tailrace.jobs.preview.Comparison;
import io.tailrace.jobs.preview.Preview;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.Policy;

import java.util.Comparator;

/** Previews for machines: the same numbers, of all services. */
public final class PreviewJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PreviewJson() {}

    public static String of(Preview preview) {
        return tree(preview).toPrettyString();
    }

    public static String of(Comparison comparison) {
        ObjectNode tree = JSON.createObjectNode();
        tree.set("first", tree(comparison.first()));
        tree.set("second", tree(comparison.second()));
        tree.put("traces_kept_by_both", comparison.keptByBoth());
        tree.set("only_first", tree(comparison.onlyFirst()));
        tree.set("only_second", tree(comparison.onlySecond()));
        return tree.toPrettyString();
    }

    private static ObjectNode tree(Comparison.Only only) {
        ObjectNode tree = JSON.createObjectNode().put("traces", only.traces());
        ArrayNode examples = tree.putArray("examples");
        only.examples().forEach(each -> examples.add(each.hex()));
        return tree;
    }

    private static ObjectNode tree(Preview preview) {
        ObjectNode tree = JSON.createObjectNode();
        ArrayNode policies = tree.putArray("policies");
        for (Preview.PolicyShare each : preview.policies()) {
            ObjectNode policy = policies.addObject();
            policy.put("name", each.name());
            policy.put("type", PreviewText.type(each.policy()));
            policy.put("effect", effect(each.policy()));
            policy.setAll(tree(each.all()));
            policy.set("alone", tree(each.alone()));
        }
        tree.set("read", tree(preview.read()));
        tree.set("kept", tree(preview.kept()));
        tree.set("dropped", tree(preview.dropped()));
        tree.set("not_sampled", tree(preview.notSampled()));
        tree.put("spans_past_max_kept_spans_per_trace", preview.cut().spans());
        tree.put("late_spans", preview.lateSpans());
        ObjectNode letters = tree.putObject("dead_letters");
        preview.deadLetters().forEach(letters::put);
        ArrayNode services = tree.putArray("services");
        preview.services().stream()
                .sorted(Comparator.comparing(each -> Numbers.service(each.name())))
                .forEach(
                        each ->
                                services.addObject()
                                        .put("name", each.name())
                                        .put("spans_kept", each.kept())
                                        .put("spans_dropped", each.dropped()));
        return tree;
    }

    private static String effect(Policy policy) {
        return policy instanceof Drop ? "drops" : policy.isLimiter() ? "limits" : "keeps";
    }

    private static ObjectNode tree(Amount amount) {
        return JSON.createObjectNode()
                .put("traces", amount.traces())
                .put("spans", amount.spans())
                .put("bytes", amount.bytes());
    }
}

package io.tailrace.jobs.preview.text;

import io.tailrace.jobs.preview.Preview.ServiceShare;
import io.tailrace.jobs.preview.TraceExplanation;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.explanation.PolicyExplanation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import static io.tailrace.jobs.preview.text.Numbers.count;
import static io.tailrace.jobs.preview.text.Numbers.words;

/** Why a trace was kept or not, in words. */
public final class ExplanationText {

    private ExplanationText() {}

    public static String of(TraceExplanation explained) {
        DecisionRecord record = explained.record();
        String newLine = System.lineSeparator();
        TextTable facts = new TextTable(2, "trace", record.traceId().hex());
        facts.row("verdict", verdict(record.decision()));
        facts.row("spans", spans(explained));
        facts.row(
                "duration",
                "%s ms, from %s"
                        .formatted(
                                count(record.durationMillis()),
                                Numbers.moment(
                                        Long.divideUnsigned(record.startUnixNano(), 1_000_000))));
        facts.row(
                "root",
                record.rootName() == null
                        ? "none came"
                        : "\"%s\" of %s"
                                .formatted(
                                        record.rootName(), Numbers.service(record.rootService())));
        facts.row("arrival", Numbers.moment(record.firstSeen()));
        facts.row(
                "decided",
                "%s, trigger: %s"
                        .formatted(Numbers.moment(record.decided()), words(record.trigger())));
        if (explained.lateSpans() > 0) {
            facts.row("late spans", count(explained.lateSpans()) + ", not decided on");
        }
        TextTable votes = new TextTable(4, "policy", "type", "vote", "settled");
        explained.policies().forEach(each -> add(votes, each, ""));
        return facts + newLine + votes;
    }

    private static String verdict(Decision decision) {
        if (decision.policy() == null) {
            return words(decision.verdict());
        }
        String within = decision.subPolicy() == null ? "" : " / " + decision.subPolicy();
        return "%s by %s%s".formatted(words(decision.verdict()), decision.policy(), within);
    }

    private static String spans(TraceExplanation explained) {
        List<ServiceShare> services =
                explained.services().stream()
                        .sorted(
                                Comparator.comparingLong(ServiceShare::kept)
                                        .reversed()
                                        .thenComparing(each -> Numbers.service(each.name())))
                        .toList();
        long spans = services.stream().mapToLong(ServiceShare::kept).sum();
        return "%s of %s: %s"
                .formatted(
                        count(spans),
                        services.size() == 1 ? "1 service" : services.size() + " services",
                        services.stream()
                                .map(
                                        each ->
                                                Numbers.service(each.name())
                                                        + " "
                                                        + count(each.kept()))
                                .collect(Collectors.joining(", ")));
    }

    private static void add(TextTable votes, PolicyExplanation policy, String indent) {
        votes.row(
                indent + (policy.name() == null ? "-" : policy.name()),
                PreviewText.type(policy.policy()),
                words(policy.vote()),
                CauseText.of(policy, !indent.isEmpty()));
        policy.within().forEach(each -> add(votes, each, indent + "  "));
    }
}

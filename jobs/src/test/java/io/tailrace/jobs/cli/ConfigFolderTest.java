package io.tailrace.jobs.cli;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecSchema;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import io.tailrace.jobs.testing.RealTraffic;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.plain.PlainSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the folder {@code config} offers is right. */
class ConfigFolderTest {

    private static final Path FOLDER = Path.of("..", "config");
    private static final Path ALL_POLICIES = FOLDER.resolve("collector-policies.yaml");

    static List<Path> specs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    /** Control has to be told where the platform is, and who asks; all else needs nothing. */
    @ParameterizedTest
    @MethodSource("specs")
    void everySpecIsGoodInAnEmptyEnvironment(Path spec) {
        List<Problem> problems =
                SpecReader.read(spec, JobSpecs.ALL, List.of(), Map.of()).problems();
        boolean control = spec.endsWith("control.yaml");
        assertThat(problems).filteredOn(each -> !control || !each.isUnset()).isEmpty();
        assertThat(problems).hasSize(control ? 5 : 0);
    }

    @Test
    void theSchemaIsThatOfTheProgram() throws IOException {
        assertThat(FOLDER.resolve("tailrace.schema.json"))
                .hasContent(SpecSchema.of(JobSpecs.ALL, SchemaCommand.TITLE));
    }

    /** Of policies, with those within others. */
    private static Stream<Class<?>> policies(Object settings) {
        if (settings instanceof Collection<?> several) {
            return several.stream().flatMap(ConfigFolderTest::policies);
        } else if (!(settings instanceof Record)) {
            return Stream.empty();
        }
        Stream<Class<?>> below =
                Arrays.stream(settings.getClass().getRecordComponents())
                        .flatMap(component -> policies(value(settings, component)));
        return settings instanceof Policy
                ? Stream.concat(Stream.of(settings.getClass()), below)
                : below;
    }

    private static Object value(Object settings, RecordComponent component) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyPolicyIsShown() {
        TailSamplingSpec spec =
                SpecReader.read(ALL_POLICIES, TailSamplingSpec.class, List.of(), Map.of()).value();

        assertThat(policies(spec.tailSampling().policies()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Policy.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @EnumSource(RealTraffic.class)
    void allPoliciesPreviewRealTraces(RealTraffic real) throws IOException {
        assumeTrue(real.isHere());

        String table =
                new PreviewRuns()
                        .good(
                                "preview",
                                ALL_POLICIES.toString(),
                                "--input",
                                real.file().toString());

        Collection<List<Span>> traces =
                real.read().requests().stream()
                        .flatMap(request -> PlainSpan.of(request.otlp()).stream())
                        .collect(
                                Collectors.groupingBy(
                                        PlainSpan::traceId,
                                        Collectors.mapping(PlainSpan::span, Collectors.toList())))
                        .values();
        assertCounts(table, "read", 0, traces, trace -> true);
        assertCounts(table, "errors", 1, traces, ConfigFolderTest::hasError);
        assertCounts(table, "slow", 1, traces, trace -> millis(trace) > 2000);
        assertCounts(
                table,
                "rather-slow",
                1,
                traces,
                trace -> millis(trace) > 1000 && millis(trace) <= 2000);
        assertCounts(table, "many-spans", 1, traces, trace -> trace.size() >= 200);
    }

    /** The columns of traces and spans. */
    private static void assertCounts(
            String table,
            String row,
            int column,
            Collection<List<Span>> traces,
            Predicate<List<Span>> which) {
        List<List<Span>> its = traces.stream().filter(which).toList();
        long spans = its.stream().mapToLong(List::size).sum();
        List<String> cells = PreviewTable.cells(table, row);
        assertThat(List.of(cells.get(column), cells.get(column + 2)))
                .as(row)
                .containsExactly(
                        String.format(Locale.ROOT, "%,d", its.size()),
                        String.format(Locale.ROOT, "%,d", spans));
    }

    private static boolean hasError(List<Span> trace) {
        return trace.stream()
                .anyMatch(
                        span -> span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR);
    }

    private static long millis(List<Span> trace) {
        long start = trace.stream().mapToLong(Span::getStartTimeUnixNano).min().orElseThrow();
        long end = trace.stream().mapToLong(Span::getEndTimeUnixNano).max().orElseThrow();
        return (end - start) / 1_000_000;
    }
}

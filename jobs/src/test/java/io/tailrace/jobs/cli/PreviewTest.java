package io.tailrace.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.RandomTraffic;
import io.tailrace.jobs.testing.RealTraffic;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.DecisionLine;
import io.tailrace.plain.PlainRequest;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.PlainSpan;
import io.tailrace.plain.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Previews of files, compared with a plain count. */
class PreviewTest {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration TTL = Duration.ofSeconds(6);

    @TempDir private Path folder;

    private final PreviewRuns previews = new PreviewRuns();

    private Path spec(String name, Duration wait) throws IOException {
        return spec(name, wait, TTL);
    }

    private Path spec(String name, Duration wait, Duration ttl) throws IOException {
        return spec(name, Sampling.atDeadline(wait, ttl));
    }

    private Path spec(String name, Sampling sampling) throws IOException {
        String text =
                SamplingSpecs.spec(
                        "shop",
                        "generator: {}",
                        new FileSinks(folder.resolve("written")),
                        sampling);
        return Files.writeString(folder.resolve(name), text);
    }

    private Path file(Traffic traffic) throws IOException {
        Path file = folder.resolve("traffic.bin");
        traffic.writeTo(file);
        return file;
    }

    @Test
    void theTableIsWhatAPlainCountGives() throws Exception {
        Traffic traffic = RandomTraffic.of(7, 3000);
        Set<Path> before = files();

        String table =
                previews.good(
                        "preview",
                        spec("shop.yaml", WAIT).toString(),
                        "--input",
                        file(traffic).toString(),
                        "--encoding",
                        "otlp_proto");

        PlainSampler plain = PlainSampler.of(traffic.requests(), Sampling.atDeadline(WAIT, TTL));
        assertThat(plain.lateSpans()).isGreaterThan(1000);
        PreviewTable.of(table).assertIs(PlainPreview.of(traffic, plain));
        assertThat(files()).isEqualTo(before);
        assertThat(folder.resolve("written")).doesNotExist();
    }

    @Test
    void everyVoteIsSettledThoughTheSpecDecidesEarly() throws Exception {
        Traffic traffic = RandomTraffic.of(12, 1000);

        String table =
                previews.good(
                        "preview",
                        spec("shop.yaml", Sampling.eager(WAIT, TTL)).toString(),
                        "--input",
                        file(traffic).toString(),
                        "--encoding=otlp_proto");

        PlainSampler plain = PlainSampler.of(traffic.requests(), Sampling.atDeadline(WAIT, TTL));
        PreviewTable.of(table).assertIs(PlainPreview.of(traffic, plain));
    }

    @Test
    void limitersAreAskedWhereNoOtherPolicySamples() throws Exception {
        Traffic traffic = RandomTraffic.of(13, 1000);
        Sampling sampling = Sampling.atDeadline(WAIT, TTL).limited(20);

        String table =
                previews.good(
                        "preview",
                        spec("shop.yaml", sampling).toString(),
                        "--input",
                        file(traffic).toString(),
                        "--encoding=otlp_proto");

        PlainPreview plain =
                PlainPreview.of(traffic, PlainSampler.of(traffic.requests(), sampling));
        assertThat(plain.policies()).containsKey("some");
        PreviewTable.of(table).assertIs(plain);
        assertThat(table).contains("rate_limiting *", "* a limiter");
    }

    /** Of the folder at hand, but for those that the build makes. */
    private static Set<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(""))) {
            return all.filter(path -> !path.startsWith("target")).collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @EnumSource(RealTraffic.class)
    void theTableOfRealTracesIsWhatAPlainCountGives(RealTraffic real) throws Exception {
        assumeTrue(real.isHere());
        Duration wait = Duration.ofSeconds(30);
        Duration ttl = Duration.ofMinutes(10);

        String table =
                previews.good(
                        "preview",
                        spec("shop.yaml", wait, ttl).toString(),
                        "--input",
                        real.file().toString());

        Traffic traffic = real.read();
        PreviewTable.of(table)
                .assertIs(
                        PlainPreview.of(
                                traffic,
                                PlainSampler.of(
                                        traffic.requests(), Sampling.atDeadline(wait, ttl))));
    }

    @Test
    void aSpecIsNoOtherThanItself() throws Exception {
        String spec = spec("shop.yaml", WAIT).toString();
        Traffic traffic = RandomTraffic.of(8, 500);

        String comparison =
                previews.good(
                        "preview",
                        spec,
                        "--compare",
                        spec,
                        "--input",
                        file(traffic).toString(),
                        "--encoding=otlp_proto");

        for (String row : List.of("errors", "slow", "baseline", "kept", "not sampled")) {
            List<String> cells = PreviewTable.cells(comparison, row);
            assertThat(cells).as(row).hasSize(9);
            for (int i = 0; i < 9; i += 3) {
                assertThat(cells.get(i)).as(row).isEqualTo(cells.get(i + 1));
                assertThat(cells.get(i + 2)).as(row).isEqualTo("0");
            }
        }
        assertThat(PreviewTable.cells(comparison, "by both")).isNotEqualTo(List.of("0"));
        assertThat(comparison.lines().filter(line -> line.startsWith("only by ")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).endsWith(" 0"));
    }

    @Test
    void whatOnlyOneSpecKeepsIsCountedWithExamples() throws Exception {
        Traffic traffic = RandomTraffic.of(9, 500);
        Path less = spec("less.yaml", WAIT, Duration.ofMinutes(10));
        Path more = folder.resolve("more.yaml");
        Files.writeString(
                more, Files.readString(less).replace("threshold_ms: 500", "threshold_ms: 300"));

        String comparison =
                previews.good(
                        "preview",
                        less.toString(),
                        "--compare",
                        more.toString(),
                        "--input",
                        file(traffic).toString(),
                        "--encoding=otlp_proto");

        List<DecisionLine> decisions =
                PlainSampler.of(
                                traffic.requests(),
                                Sampling.atDeadline(WAIT, Duration.ofMinutes(10)))
                        .decisions();
        Set<String> both = new HashSet<>();
        Set<String> only = new TreeSet<>();
        for (DecisionLine each : decisions) {
            if (!each.late() && each.decision().equals("sampled")) {
                both.add(each.traceId());
            } else if (!each.late() && each.durationMillis() > 300) {
                only.add(each.traceId());
            }
        }
        assertThat(only).hasSizeGreaterThan(10);
        assertThat(PreviewTable.cells(comparison, "by both"))
                .containsExactly(Integer.toString(both.size()));
        assertThat(PreviewTable.cells(comparison, "only by " + less)).containsExactly("0");
        List<String> cells = PreviewTable.cells(comparison, "only by " + more);
        assertThat(cells.get(0)).isEqualTo(Integer.toString(only.size()));
        assertThat(cells.subList(1, cells.size()))
                .containsExactlyElementsOf(only.stream().limit(3).toList());
    }

    @Test
    void theSpanThatMadeAVoteIsNamed() throws Exception {
        Traffic traffic = RandomTraffic.of(10, 500);
        Duration wait = Duration.ofMinutes(10);
        String spec = spec("shop.yaml", wait).toString();
        String input = file(traffic).toString();
        List<DecisionLine> decisions =
                PlainSampler.of(traffic.requests(), Sampling.atDeadline(wait, TTL)).decisions();

        String failed = first(decisions, each -> votes(each, "sampled", "not_sampled"));
        Span error =
                spans(traffic, failed)
                        .filter(
                                span ->
                                        span.getStatus().getCode()
                                                == Status.StatusCode.STATUS_CODE_ERROR)
                        .findFirst()
                        .orElseThrow();
        String slow = first(decisions, each -> votes(each, "not_sampled", "sampled"));
        String dropped = first(decisions, each -> each.policy() == null);
        String text =
                previews.good(
                        "preview",
                        spec,
                        "--input",
                        input,
                        "--encoding",
                        "otlp_proto",
                        "--trace",
                        failed,
                        "--trace",
                        slow,
                        "--trace",
                        dropped);

        String[] explained = text.split("\\R(?=trace )", -1);
        assertThat(explained).hasSize(3);
        assertThat(explained[0]).contains(failed).contains("sampled by errors");
        assertThat(PreviewTable.line(explained[0], "errors"))
                .contains("\"" + error.getName() + "\"", id(error), "status ERROR");
        assertThat(PreviewTable.line(explained[0], "slow"))
                .contains("not sampled", "at the end, with all spans known");
        assertThat(PreviewTable.line(explained[0], "baseline")).contains("by the trace's id");
        assertThat(explained[1]).contains(slow).contains("sampled by slow");
        assertThat(PreviewTable.line(explained[1], "slow"))
                .contains(id(completing(spans(traffic, slow).toList())));
        assertThat(explained[2]).contains(dropped);
        assertThat(PreviewTable.line(explained[2], "verdict")).endsWith("not sampled");
        assertThat(PreviewTable.line(explained[2], "spans"))
                .contains(spans(traffic, dropped).count() + " of ");
    }

    private static boolean votes(DecisionLine decision, String errors, String slow) {
        return decision.votes().get("errors").equals(errors)
                && decision.votes().get("slow").equals(slow);
    }

    private static String first(List<DecisionLine> decisions, Predicate<DecisionLine> which) {
        return decisions.stream()
                .filter(each -> !each.late())
                .filter(which)
                .map(DecisionLine::traceId)
                .findFirst()
                .orElseThrow();
    }

    /** In the order of their arrival. */
    private static Stream<Span> spans(Traffic traffic, String trace) {
        return traffic.requests().stream()
                .sorted(Comparator.comparingLong(PlainRequest::arrival))
                .flatMap(request -> PlainSpan.of(request.otlp()).stream())
                .filter(span -> span.traceId().equals(trace))
                .map(PlainSpan::span);
    }

    /** The span with which the trace took more than half a second. */
    private static Span completing(List<Span> spans) {
        long start = Long.MAX_VALUE;
        long end = 0;
        for (Span each : spans) {
            start = Math.min(start, each.getStartTimeUnixNano());
            end = Math.max(end, each.getEndTimeUnixNano());
            if (end - start >= 501_000_000) {
                return each;
            }
        }
        throw new AssertionError("Not slow");
    }

    private static String id(Span span) {
        return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    @Test
    void aTraceThatIsNotThereIsToldInOneLine() throws Exception {
        String trace = "00000000000000000000000000000001";

        int code =
                previews.run(
                        "preview",
                        spec("shop.yaml", WAIT).toString(),
                        "--input",
                        file(RandomTraffic.of(11, 5)).toString(),
                        "--encoding=otlp_proto",
                        "--trace",
                        trace);

        assertThat(code).isEqualTo(1);
        assertThat(previews.err().lines()).singleElement().asString().contains("no span", trace);
        assertThat(previews.out()).isEmpty();
    }

    @Test
    void theSpecsOwnGeneratorIsReadToItsEndAsFastAsItCan() throws Exception {
        String json =
                previews.good(
                        "preview",
                        spec("shop.yaml", WAIT).toString(),
                        "--json",
                        "--set",
                        "source.generator={count: 400, rate: 1}");

        // Paced it would take more than six minutes.
        assertThat(PreviewRuns.json(json).path("read").path("traces").asLong()).isGreaterThan(500);
    }

    @Test
    void bothSpecsMistakesAreTold() throws Exception {
        Path wrong = folder.resolve("wrong.yaml");
        Files.writeString(wrong, "kind: tail-sampling\n");

        int code =
                previews.run(
                        "preview",
                        spec("shop.yaml", WAIT).toString(),
                        "--set",
                        "tail_sampling.decision_wait=soon",
                        "--compare",
                        wrong.toString());

        assertThat(code).isEqualTo(2);
        assertThat(previews.err()).contains("tail_sampling.decision_wait", "wrong.yaml");
    }

    @Test
    void anEmptyInputGivesEmptyListsInJson() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.jsonl"));
        String spec = spec("shop.yaml", WAIT).toString();

        JsonNode json =
                PreviewRuns.json(good(spec, List.of("--input", empty.toString(), "--json")));
        assertThat(json.get("services").isArray()).isTrue();
        assertThat(json.get("services")).isEmpty();
        assertThat(json.get("policies")).hasSize(3);
        assertThat(json.path("read").get("traces").asLong()).isZero();

        JsonNode both =
                PreviewRuns.json(
                        good(
                                spec,
                                List.of("--input", empty.toString(), "--json", "--compare", spec)));
        assertThat(both.path("only_first").get("examples").isArray()).isTrue();
        assertThat(both.path("second").get("services").isArray()).isTrue();
    }

    @Test
    void aWrongOptionIsToldInTwoLines() throws Exception {
        assertThat(refused(spec("shop.yaml", WAIT).toString(), "--topic", "spans").lines())
                .containsExactly(
                        "--brokers, --topic and --since go with --kafka",
                        "See tailrace preview --help");
        assertThat(refused("shop.yaml", "--jsn").lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("--jsn"),
                        line -> assertThat(line).contains("--json"),
                        line -> assertThat(line).isEqualTo("See tailrace preview --help"));
    }

    /** A spec with secrets in blocks that no preview opens. */
    private Path secretive(String name, String policies) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                """
                kind: tail-sampling
                name: shop
                source: { kafka: { properties: { sasl.jaas.config: "${TAILRACE_TEST_NOT_SET}" } } }
                tail_sampling: { policies: [ %s ] }
                sinks:
                  decisions:
                    - jdbc:
                        url: "jdbc:postgresql://db/${TAILRACE_TEST_NOT_SET}"
                        user: tailrace
                        password: "${TAILRACE_TEST_NOT_SET}"
                flink: { s3.secret-key: "${TAILRACE_TEST_NOT_SET}" }
                """
                        .formatted(policies));
    }

    @Test
    void noSecretIsNeededOfWhatIsNeverOpened() throws Exception {
        String input = file(RandomTraffic.of(14, 50)).toString();
        String one = secretive("one.yaml", "{ name: all, type: always_sample }").toString();
        String other = secretive("other.yaml", "{ name: some, type: trace_flags }").toString();
        List<String> options = List.of("--input", input, "--encoding=otlp_proto");

        assertThat(good(one, options)).contains("always_sample");
        assertThat(good(one, with(options, "--compare", other))).contains("only by " + other);

        String wrong = secretive("wrong.yaml", "{ name: all, type: all }").toString();
        assertThat(refused(wrong, with(options, "--set=sinks.decisions[0].jdbc.usr=x")))
                .contains("\"all\" is not", "sinks.decisions[0].jdbc.usr", "2 mistakes")
                .doesNotContain("NOT_SET");
        assertThat(refused(one, "--kafka")).contains("NOT_SET", "1 mistake");
    }

    private String good(String spec, List<String> options) {
        return previews.good(
                Stream.concat(Stream.of("preview", spec), options.stream()).toArray(String[]::new));
    }

    private static List<String> with(List<String> options, String... more) {
        return Stream.concat(options.stream(), Stream.of(more)).toList();
    }

    private String refused(String spec, List<String> options) {
        return refused(spec, options.toArray(String[]::new));
    }

    @Test
    void optionsThatDoNotFitAreRefused() throws Exception {
        String spec = spec("shop.yaml", WAIT).toString();

        assertThat(refused(spec)).contains("no end", "--input");
        assertThat(refused(spec, "--input", "/no/such/file")).contains("/no/such/file");
        assertThat(refused(spec, "--input", spec, "--kafka")).contains("Either");
        assertThat(refused(spec, "--topic", "spans")).contains("go with --kafka");
        assertThat(refused(spec, "--encoding", "otlp_proto")).contains("--encoding goes with");
        assertThat(refused(spec, "--kafka")).contains("--topic");
        assertThat(refused(spec, "--kafka", "--encoding=otlp_json")).contains("--topic");
        assertThat(refused(spec, "--kafka", "--brokers=127.0.0.1:1")).contains("--topic");
        assertThat(refused(spec, "--kafka", "--since", "soon")).contains("\"soon\"");
        assertThat(refused(spec, "--trace", "12")).contains("32 hex digits");
        assertThat(refused(spec, "--trace", "0".repeat(32))).contains("all zeros");
        assertThat(refused(spec, "--input", spec, "--encoding", "xml")).contains("otlp_json");
        assertThat(refused(spec, "--set", "source={kafka: {}}")).contains("--kafka");
    }

    private String refused(String spec, String... options) {
        String[] arguments =
                Stream.concat(Stream.of("preview", spec), Stream.of(options))
                        .toArray(String[]::new);
        assertThat(previews.run(arguments)).as(previews.err()).isEqualTo(2);
        assertThat(previews.out()).isEmpty();
        return previews.err();
    }
}

package io.tailrace.jobs.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import io.tailrace.jobs.preview.PreviewInput;
import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.jobs.source.file.FileSettings;
import io.tailrace.jobs.source.kafka.KafkaRange;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a preview reads: a file, what Kafka holds, or the spec's own source where that ends. */
final class PreviewSource {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description = "Reads a file, or the files of a folder, instead of the spec's source.")
    private Path file;

    @Option(
            names = "--kafka",
            description =
                    "Reads what the topics of the spec's source hold now, from the earliest record;"
                            + " no offset is committed.")
    private boolean kafka;

    @Option(
            names = "--brokers",
            paramLabel = "HOST:PORT,...",
            description = "With --kafka: other brokers than the spec's.")
    private String brokers;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description =
                    "With --kafka: another topic than the spec's. May be given several times.")
    private final List<String> topics = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            description = "With --kafka: leaves out records that are older, such as 1h30m.",
            converter = DurationConverter.class)
    private Duration since;

    @Option(
            names = "--encoding",
            paramLabel = "ENCODING",
            description =
                    "How the input holds spans; else as the spec has it for such a source, or by"
                            + " that source's default.")
    private String encoding;

    /** Refuses options that do not go together. */
    void check() {
        if (file != null && kafka) {
            throw wrong("Either --input or --kafka");
        }
        if (!kafka && (brokers != null || !topics.isEmpty() || since != null)) {
            throw wrong("--brokers, --topic and --since go with --kafka");
        }
        if (encoding != null && file == null && !kafka) {
            throw wrong("--encoding goes with --input or --kafka");
        }
        if (file != null && !Files.exists(file)) {
            throw wrong("--input: there is no file or folder " + file);
        }
    }

    private ParameterException wrong(String words) {
        return new ParameterException(command.commandLine(), words);
    }

    /**
     * Reads the spec with this source in place of its own.
     *
     * @param more changes of the spec
     */
    SpecResult<TailSamplingSpec> read(SpecOptions spec, List<String> more) {
        SpecResult<TailSamplingSpec> own = spec.read(with(more, changes()));
        boolean fits =
                own.isGood()
                        && (file == null || own.value().source().file() != null)
                        && (!kafka || own.value().source().kafka() != null);
        if (fits && own.value().source().generator() != null) {
            return spec.read(with(more, unpaced(own.value().source())));
        }
        boolean replaceable = !changes().isEmpty();
        return fits || !replaceable ? own : spec.read(with(more, List.of(replacement())));
    }

    private static List<String> with(List<String> sets, List<String> more) {
        List<String> all = new ArrayList<>(sets);
        all.addAll(more);
        return all;
    }

    /** The whole traffic at once, and the same in each reading. */
    private static List<String> unpaced(SourceSettings source) {
        List<String> sets = new ArrayList<>(List.of("source.generator.paced=false"));
        if (source.generator().start() == null) {
            sets.add("source.generator.start=" + Instant.now());
        }
        return sets;
    }

    /** Of a spec whose source is of this kind. */
    private List<String> changes() {
        String kind = kafka ? "kafka" : "file";
        List<String> sets = new ArrayList<>();
        if (file != null) {
            sets.add("source.file.path=" + quoted(file.toString()));
        }
        if (brokers != null) {
            sets.add("source.kafka.bootstrap_servers=" + quoted(brokers));
        }
        if (!topics.isEmpty()) {
            sets.add("source.kafka.topics=" + listed(topics));
        }
        if (encoding != null) {
            sets.add("source.%s.encoding=%s".formatted(kind, quoted(encoding)));
        }
        return sets;
    }

    /** Of a spec whose source is of another kind. */
    private String replacement() {
        String more = encoding == null ? "" : ", encoding: " + quoted(encoding);
        if (file != null) {
            return "source={file: {path: %s%s}}".formatted(quoted(file.toString()), more);
        }
        String servers = brokers == null ? "" : ", bootstrap_servers: " + quoted(brokers);
        String names = topics.isEmpty() ? "[otlp_spans]" : listed(topics);
        return "source={kafka: {topics: %s%s%s}}".formatted(names, servers, more);
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static String listed(List<String> texts) {
        return texts.stream().map(PreviewSource::quoted).toList().toString();
    }

    /**
     * What is to be read of a spec's source.
     *
     * @throws IOException where Kafka does not answer or holds nothing, in words for the user
     * @throws ParameterException where the source has no end
     */
    PreviewInput input(TailSamplingSpec spec) throws IOException, InterruptedException {
        SourceSettings source = spec.source();
        if (kafka) {
            if (source.kafka() == null) {
                throw wrong("The spec does not read Kafka; say which topic with --topic");
            }
            KafkaRange range =
                    KafkaReach.range(
                            source.kafka(), since == null ? null : Instant.now().minus(since));
            return new PreviewInput(source, range);
        }
        if (source.kafka() != null) {
            throw wrong("The spec reads Kafka, which has no end: give --kafka or --input");
        }
        if (source.generator() != null && !source.generator().bounded()) {
            throw wrong(
                    "The spec's generator has no end: give --input, or"
                            + " --set source.generator.count=1000");
        }
        return new PreviewInput(source.file() == null ? source : asFastAsItCan(source), null);
    }

    private static SourceSettings asFastAsItCan(SourceSettings source) {
        FileSettings file = source.file();
        return new SourceSettings(
                null,
                new FileSettings(file.path(), file.encoding(), null, file.maxRecordBytes()),
                null);
    }
}

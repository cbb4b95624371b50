package io.tailrace.jobs.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import io.tailrace.jobs.SamplingSpec;
import io.tailrace.jobs.preview.PreviewInput;
import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.jobs.source.file.FileSettings;
import io.tailrace.jobs.source.kafka.KafkaRange;
import io.tailrace.jobs.spec.SpecResult;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a preview reads: a file, what Kafka holds, or the spec's own source where that ends. */
final class PreviewSource {

    /** Of sources. */
    private static final Set<String> KINDS =
            Arrays.stream(SourceSettings.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.toSet());

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
    SpecResult<SamplingSpec> read(SpecOptions spec, List<String> more) {
        if (file != null || kafka) {
            return PreviewSpec.read(
                    spec.file(),
                    spec.sets(with(more, isOfAnotherKind(spec) ? replacement() : changes())));
        }
        SpecResult<SamplingSpec> own = PreviewSpec.read(spec.file(), spec.sets(more));
        return own.isGood() && own.value().source().generator() != null
                ? PreviewSpec.read(
                        spec.file(), spec.sets(with(more, unpaced(own.value().source()))))
                : own;
    }

    /** Whether what the spec says of its source is of no use here. */
    private boolean isOfAnotherKind(SpecOptions spec) {
        Optional<Set<String>> written = spec.keys("source");
        boolean another =
                written.isPresent()
                        && !written.get().contains(kind())
                        && KINDS.containsAll(written.get());
        if (another && kafka && topics.isEmpty()) {
            throw wrong("The spec does not read Kafka; say which topic with --topic");
        }
        return another;
    }

    private String kind() {
        return kafka ? "kafka" : "file";
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
        List<String> sets = new ArrayList<>();
        if (file != null) {
            sets.add("source.file.path=" + quoted(file.toString()));
        }
        if (brokers != null) {
            sets.add("source.kafka.bootstrap_servers=" + quoted(brokers));
        }
        if (!topics.isEmpty()) {
            sets.add("source.kafka.topics=" + listed(topics));
            sets.add("source.kafka.topic_pattern=null");
        }
        if (encoding != null) {
            sets.add("source.%s.encoding=%s".formatted(kind(), quoted(encoding)));
        }
        return sets;
    }

    /** Of a spec whose source is of another kind. */
    private List<String> replacement() {
        List<String> sets = new ArrayList<>(List.of("source={}"));
        sets.addAll(changes());
        return sets;
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
    PreviewInput input(SamplingSpec spec) throws IOException, InterruptedException {
        SourceSettings source = spec.source();
        if (kafka) {
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

package io.tailrace.jobs;

import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.ControlSpec;
import io.tailrace.jobs.control.spec.FlowSpec;
import io.tailrace.jobs.discovery.heartbeat.HeartbeatSettings;
import io.tailrace.jobs.discovery.host.HostSettings;
import io.tailrace.jobs.source.file.FileSettings;
import io.tailrace.jobs.source.generator.GeneratorSettings;
import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.jobs.spec.SettingsTable;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.policy.SubPolicy;
import io.tailrace.sinks.file.FileSinkSettings;
import io.tailrace.sinks.jdbc.decision.DecisionsJdbcSettings;
import io.tailrace.sinks.jdbc.inventory.InventoryJdbcSettings;
import io.tailrace.sinks.jdbc.metrics.MetricsJdbcSettings;
import io.tailrace.sinks.kafka.KafkaSinkSettings;
import io.tailrace.sinks.kafka.SpansKafkaSinkSettings;
import io.tailrace.sinks.metrics.MetricsKafkaSinkSettings;
import io.tailrace.sinks.remotewrite.RemoteWriteSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says of settings and records is what the program has. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");

    /** Policies within policies are as those around them; others have tables of their own. */
    private static final Set<Class<? extends Record>> ELSEWHERE =
            Set.of(SubPolicy.class, ApplicationSpec.class, FlowSpec.class);

    static Stream<Arguments> blocks() {
        return Stream.of(
                Arguments.of(KafkaSettings.class, "source.kafka"),
                Arguments.of(FileSettings.class, "source.file"),
                Arguments.of(GeneratorSettings.class, "source.generator"),
                Arguments.of(SamplingSettings.class, "tail_sampling"),
                Arguments.of(SpansKafkaSinkSettings.class, "sinks.spans[].kafka"),
                Arguments.of(KafkaSinkSettings.class, "sinks.decisions[].kafka"),
                Arguments.of(DecisionsJdbcSettings.class, "sinks.decisions[].jdbc"),
                Arguments.of(FileSinkSettings.class, "sinks.decisions[].file"),
                Arguments.of(VirtualMetricsSettings.class, "virtual_metrics"),
                Arguments.of(DiscoverySettings.class, "discovery"),
                Arguments.of(HostSettings.class, "hosts"),
                Arguments.of(HeartbeatSettings.class, "heartbeats"),
                Arguments.of(InventoryJdbcSettings.class, "sinks.inventory[].jdbc"),
                Arguments.of(ApplicationSettings.class, "application"),
                Arguments.of(MetricsKafkaSinkSettings.class, "sinks.metrics[].kafka"),
                Arguments.of(MetricsJdbcSettings.class, "sinks.metrics[].jdbc"),
                Arguments.of(RemoteWriteSettings.class, "sinks.metrics[].prometheus_remote_write"),
                Arguments.of(ControlSpec.class, ""),
                Arguments.of(ApplicationSpec.class, "applications[]"),
                Arguments.of(FlowSpec.class, "applications[].flows[]"));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void theTableOfABlockIsCurrent(Class<? extends Record> block, String prefix)
            throws IOException {
        assertThat(Files.readString(README)).contains(SettingsTable.of(block, prefix, ELSEWHERE));
    }

    @ParameterizedTest
    @EnumSource(DeadLetter.Reason.class)
    void everyReasonOfADeadLetterIsExplained(DeadLetter.Reason reason) throws IOException {
        assertThat(Files.readString(README))
                .contains("`" + reason.name().toLowerCase(Locale.ROOT) + "`");
    }

    @ParameterizedTest
    @EnumSource(Trigger.class)
    void everyTriggerIsNamed(Trigger trigger) throws IOException {
        assertThat(Files.readString(README)).contains(trigger.name().toLowerCase(Locale.ROOT));
    }
}

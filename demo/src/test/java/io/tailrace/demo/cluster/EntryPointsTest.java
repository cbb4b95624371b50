package io.tailrace.demo.cluster;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

import io.tailrace.broker.FreePorts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The job jar on clusters, by Flink's own ways: {@code flink run}, and application mode. */
class EntryPointsTest {

    private static final Path JOBS = Path.of("..", "jobs", "target").toAbsolutePath().normalize();
    private static final Path JAR = JOBS.resolve("tailrace.jar");
    private static final String FLINK = JOBS.resolve("flink") + "/*";
    private static final String ENTRY = "io.tailrace.jobs.tailsampling.TailSamplingMain";
    private static final long PATIENCE_SECONDS = 120;

    @TempDir private Path folder;
    private Path configuration;
    private Path spec;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void writeSpec() throws IOException {
        configuration = Files.createDirectory(folder.resolve("conf"));
        Files.writeString(configuration.resolve("config.yaml"), "rest.address: 127.0.0.1\n");
        spec = folder.resolve("spec.yaml");
        writeSpec("count: 40, paced: false", "decision_wait: 10s");
    }

    private void writeSpec(String generator, String setting) throws IOException {
        Files.writeString(
                spec,
                """
                kind: tail-sampling
                name: entered
                source: { generator: { %s } }
                tail_sampling:
                  %s
                  policies: [ { name: all, type: always_sample } ]
                sinks: { decisions: [ { file: { path: "%s" } } ] }
                flink: { parallelism.default: 1 }
                """
                        .formatted(generator, setting, folder.resolve("decisions")));
    }

    @AfterEach
    void endProcesses() throws InterruptedException {
        processes.forEach(Process::destroyForcibly);
        for (Process each : processes) {
            each.waitFor();
        }
    }

    private Process java(String name, String classPath, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", classPath));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".out").toFile());
        builder.environment().put("FLINK_CONF_DIR", configuration.toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private String printed(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".out"));
    }

    private int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        return process.exitValue();
    }

    private void assertDecided() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("decisions"))) {
            long decisions = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.getFileName().toString()).doesNotStartWith(".");
                decisions += Files.readAllLines(file).size();
            }
            assertThat(decisions).isPositive();
        }
    }

    @Test
    void flinkRunSubmitsTheJarAndTellsMistakesWithoutAStack() throws Exception {
        Configuration options = new Configuration();
        options.set(RestOptions.ADDRESS, "127.0.0.1");
        options.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        options.set(RestOptions.BIND_PORT, "0");
        options.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(options)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(1)
                                .build());
        try {
            cluster.start();
            String address = cluster.getRestAddress().get().getAuthority();
            assertThat(exitCode(flinkRun("run", address))).as(printed("run")).isZero();
            assertThat(printed("run")).contains("Job has been submitted with JobID");
            assertDecided();

            writeSpec("count: 40, paced: false", "decision_wait: 10");
            assertThat(exitCode(flinkRun("wrong", address))).isEqualTo(2);
            assertThat(printed("wrong"))
                    .contains("spec.yaml:5: tail_sampling.decision_wait: \"10\" is not a duration")
                    .doesNotContain("\tat ");
            assertThat(cluster.listJobs().get()).hasSize(1);
        } finally {
            cluster.closeAsync().join();
        }
    }

    private Process flinkRun(String name, String address) throws IOException {
        return java(
                name,
                FLINK,
                "org.apache.flink.client.cli.CliFrontend",
                "run",
                "-m",
                address,
                "-c",
                ENTRY,
                JAR.toString(),
                "--spec",
                spec.toString());
    }

    /**
     * The jar is in {@code usrlib} only; main runs within the JobManager, which ends with its job.
     */
    @Test
    void aClusterOfItsOwnRunsTheJarUntilItIsStopped() throws Exception {
        writeSpec("rate: 20", "decision_wait: 1s");
        Path userCode = Files.createDirectory(folder.resolve("usrlib"));
        Files.createSymbolicLink(userCode.resolve("tailrace.jar"), JAR);
        int[] ports = FreePorts.some(2);
        Files.writeString(
                configuration.resolve("config.yaml"),
                """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.bind-host: 127.0.0.1
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %d
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.numberOfTaskSlots: 1
                taskmanager.cpu.cores: 1
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 128m
                taskmanager.memory.task.heap.size: 256m
                taskmanager.memory.task.off-heap.size: 0m
                taskmanager.memory.managed.size: 64m
                taskmanager.memory.network.min: 64m
                taskmanager.memory.network.max: 64m
                taskmanager.memory.jvm-metaspace.size: 192m
                taskmanager.memory.jvm-overhead.min: 128m
                taskmanager.memory.jvm-overhead.max: 128m
                io.tmp.dirs: %s
                """
                        .formatted(
                                ports[0], ports[1], Files.createDirectory(folder.resolve("tmp"))));
        java(
                "taskmanager",
                FLINK,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                "--configDir",
                configuration.toString());
        Process application =
                java(
                        "application",
                        FLINK + ":" + Path.of("target", "test-classes").toAbsolutePath(),
                        ApplicationEntryPoint.class.getName(),
                        configuration.toString(),
                        userCode.toString(),
                        ENTRY,
                        "--spec",
                        spec.toString());
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(this::somethingIsDecided);
        Process stop =
                java(
                        "stop",
                        JAR + ":" + FLINK,
                        "io.tailrace.jobs.cli.Tailrace",
                        "stop",
                        "entered",
                        "--jobmanager",
                        "127.0.0.1:" + ports[1],
                        "--savepoint",
                        folder.resolve("savepoints").toString());

        assertThat(exitCode(stop)).as(printed("stop")).isZero();
        assertThat(printed("stop")).contains("Savepoint  file:" + folder.resolve("savepoints"));
        assertThat(exitCode(application)).as(printed("application")).isZero();
        assertDecided();
    }

    private boolean somethingIsDecided() throws IOException {
        Path decisions = folder.resolve("decisions");
        if (!Files.isDirectory(decisions)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(decisions)) {
            return files.anyMatch(Files::isRegularFile);
        }
    }
}

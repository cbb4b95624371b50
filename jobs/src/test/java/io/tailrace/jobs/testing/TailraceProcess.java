package io.tailrace.jobs.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The command {@code tailrace} in a process of its own, which can be killed. */
public final class TailraceProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 180;
    private static final String MAIN = "io.tailrace.jobs.cli.Tailrace";

    /** SIGINT is signal 2. */
    private static final long INTERRUPT_BIT = 1L << 1;

    private final Process process;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private TailraceProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * @param folder the folder it runs in, below which it makes {@code out/runs}
     */
    public static TailraceProcess start(Path folder, List<String> arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    /**
     * @param environment in addition to this process' own
     */
    public static TailraceProcess start(
            Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What Flink needs of the JDK, as this JVM has it too.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new TailraceProcess(builder.start());
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            while (line != null) {
                lines.add(line);
                line = output.readLine();
            }
        } catch (IOException killed) {
            lines.add("(" + killed.getMessage() + ")");
        }
    }

    /** What it printed so far. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** As {@code kill -9}: nothing of it can react. */
    public void kill() throws InterruptedException {
        assertThat(process.isAlive()).as("alive until killed; it said %s", lines()).isTrue();
        process.destroyForcibly();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** As Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        // A JVM that was started where interrupts are ignored ignores them too; to Tailrace a
        // request to terminate means the same.
        String signal = ignoresInterrupts() ? "-TERM" : "-INT";
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }

    private boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(ignored -> (ignored & INTERRUPT_BIT) != 0);
    }

    /** Its exit code, once it ends by itself. */
    public int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ended; it said %s", lines())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

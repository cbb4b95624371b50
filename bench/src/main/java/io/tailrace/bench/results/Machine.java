package io.tailrace.bench.results;

import org.apache.flink.runtime.util.EnvironmentInformation;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What figures depend on beside the code. */
final class Machine {

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final double GIBIBYTE = 1 << 30;

    private Machine() {}

    /** Processor, cores, memory, Java and its heap, Flink: one line. */
    static String describe() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.0f GiB; %s %s, heap %.1f GiB, %s; Flink %s",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize() / GIBIBYTE,
                System.getProperty("java.vm.name"),
                Runtime.version(),
                Runtime.getRuntime().maxMemory() / GIBIBYTE,
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(" and ")),
                EnvironmentInformation.getVersion());
    }

    private static String processor() {
        try {
            return Files.readAllLines(CPU).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException otherSystem) {
            return System.getProperty("os.name") + " " + System.getProperty("os.arch");
        }
    }

    /** The commit that the sources are at, and whether they were changed since. */
    static String commit(Path sources) throws InterruptedException {
        try {
            String commit = git(sources, "rev-parse", "--short=12", "HEAD");
            String changes = git(sources, "status", "--porcelain", "--", ":!bench/RESULTS.md");
            return changes.isEmpty() ? commit : commit + ", with changes";
        } catch (IOException noGit) {
            return "unknown";
        }
    }

    private static String git(Path sources, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder git = new ProcessBuilder("git", "-C", sources.toString());
        git.command().addAll(List.of(arguments));
        Process process = git.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("git gives no answer");
        }
        return output.strip();
    }
}

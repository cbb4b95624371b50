package io.tailrace.demo;

import io.tailrace.jobs.cli.ExitCodes;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is left of a process that is told to end at once. */
class InterruptsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Has begun what a demo begins, and goes on with it until it is ended. */
    static final class Begun {

        /** Brokers are no quicker. */
        private static final long PAUSE_NANOS = 300_000;

        public static void main(String[] none) throws Exception {
            Interrupts interrupts = new Interrupts();
            Place place = Place.make();
            interrupts.closeAtOnce(place);
            interrupts.closeAtOnce(new Children());
            interrupts.closeAtOnce(
                    () -> {
                        throw new IllegalStateException("cannot be closed");
                    });
            Process child = new ProcessBuilder("sleep", "600").start();
            Thread files = new Thread(() -> makeAndDelete(place.path().resolve("data")));
            files.setDaemon(true);
            files.start();
            System.out.println(place.path());
            System.out.println(child.pid());
            while (!interrupts.await(Duration.ofMinutes(1))) {
                // Not asked yet.
            }
            System.out.println("asked");
            new CountDownLatch(1).await();
        }

        /** As a broker does, which ends only with the process. */
        private static void makeAndDelete(Path folder) {
            try {
                Files.createDirectory(folder);
                for (int i = 0; true; i++) {
                    Files.writeString(folder.resolve("made-" + i), "data");
                    Files.deleteIfExists(folder.resolve("made-" + (i - 100)));
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void endsAllThatWasBegun(String signal) throws Exception {
        Path said = folder.resolve("said");
        Process process =
                new ProcessBuilder(heeding(signal))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            Path place = Path.of(line(said, 0));
            long child = Long.parseLong(line(said, 1));
            assertThat(place).isDirectory();
            assertThat(ProcessHandle.of(child)).isPresent();

            send(signal, process);
            if (!signal.equals("HUP")) {
                assertThat(line(said, 2)).isEqualTo("asked");
                send(signal, process);
            }

            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCodes.INTERRUPTED);
            assertThat(place).doesNotExist();
            assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Whoever begins in the background of a shell ignores some signals, and so do its children. */
    private static List<String> heeding(String signal) {
        List<String> command = new ArrayList<>();
        if (OS.LINUX.isCurrentOs()) {
            command.addAll(List.of("env", "--default-signal=" + signal));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Begun.class.getName());
        return command;
    }

    /** A line that is whole, once there is one. */
    private static String line(Path said, int number) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Files.readString(said),
                        text -> text.split("\n", -1).length > number + 1)
                .split("\n", -1)[number];
    }

    private static void send(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }
}

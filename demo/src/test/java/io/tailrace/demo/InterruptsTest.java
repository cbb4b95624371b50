package io.tailrace.demo;

import io.tailrace.jobs.cli.ExitCodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What is left of a process that is told to end at once. */
class InterruptsTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void endsAllThatWasBegun(String signal) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Begun.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            Path folder = Path.of(said.readLine());
            long child = Long.parseLong(said.readLine());
            assertThat(folder).isDirectory();
            assertThat(ProcessHandle.of(child)).isPresent();

            send(signal, process);
            if (!signal.equals("HUP")) {
                assertThat(said.readLine()).isEqualTo("asked");
                send(signal, process);
            }

            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCodes.INTERRUPTED);
            assertThat(folder).doesNotExist();
            assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void send(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }
}

package io.tailrace.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.jobs.http.Deadline;
import io.tailrace.jobs.http.Secrets;
import io.tailrace.jobs.http.Waiting;
import picocli.CommandLine.Help.Ansi;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.Stream;

/** Where a command prints to: text for people, or JSON. Secrets do not get through it. */
public final class Screen implements Waiting.Progress {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Between two lines about waiting, where they cannot be written over each other. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final String ERASE = "\r\033[K";

    /** Colours of terminals. */
    public enum Colour {
        GREEN(32),
        YELLOW(33),
        RED(31),
        GREY(90);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final boolean terminal = Ansi.AUTO.enabled();
    private Secrets secrets = new Secrets(Stream.empty());
    private String waitingFor = "";
    private Duration saidAt = Duration.ZERO;

    public Screen(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    public void conceal(Secrets these) {
        secrets = these;
    }

    public boolean isJson() {
        return json;
    }

    /** A line for people; nothing where JSON is asked for. */
    public void say(String line) {
        if (!json) {
            erase();
            out.println(secrets.conceal(line));
            out.flush();
        }
    }

    public void say(Colour colour, String line) {
        say(coloured(colour, line));
    }

    public String coloured(Colour colour, String text) {
        return terminal ? "\033[" + colour.code + "m" + text + "\033[0m" : text;
    }

    /** The whole answer, where JSON is asked for. */
    public void print(JsonNode answer) {
        if (json) {
            try {
                String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
                out.println(secrets.conceal(text));
                out.flush();
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("a tree of JSON is always writable", impossible);
            }
        }
    }

    /** What is good to know and no answer, in one line. */
    public void note(String words) {
        erase();
        err.println("note: " + secrets.conceal(words));
        err.flush();
    }

    /** What went wrong, in one line. */
    public void complain(String words) {
        erase();
        err.println("tailrace: " + secrets.conceal(words));
        err.flush();
    }

    private void erase() {
        if (terminal && !waitingFor.isEmpty()) {
            err.print(ERASE);
            err.flush();
        }
        waitingFor = "";
    }

    @Override
    public void waiting(String what, Duration since) {
        if (json) {
            return;
        }
        boolean isNew = !what.equals(waitingFor);
        if (terminal) {
            err.printf("%s  waiting until %s, %s", ERASE, what, Deadline.inWords(seconds(since)));
            err.flush();
        } else if (isNew || since.minus(saidAt).compareTo(QUIET) >= 0) {
            err.printf("  waiting until %s, %s%n", what, Deadline.inWords(seconds(since)));
            err.flush();
            saidAt = since;
        }
        waitingFor = what;
    }

    private static Duration seconds(Duration since) {
        return Duration.ofSeconds(since.toSeconds());
    }
}

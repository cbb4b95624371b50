package io.tailrace.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the command line and keeps what the last command printed. */
final class PreviewRuns {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    /** Gives the exit code. */
    int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Tailrace.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    /** Gives the output of a command that must not fail. */
    String good(String... arguments) {
        int code = run(arguments);
        assertThat(code).as("%s%s", out, err).isEqualTo(0);
        return out();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }
}

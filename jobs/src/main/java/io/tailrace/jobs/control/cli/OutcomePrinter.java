package io.tailrace.jobs.control.cli;

import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.control.run.Applying;
import io.tailrace.jobs.control.run.Outcome;

import java.util.List;

/** Prints what is done for applications as it is done, and in the end what came of it. */
final class OutcomePrinter {

    private final Screen screen;
    private final ChangeText text;
    private String current = "";

    OutcomePrinter(Screen screen) {
        this.screen = screen;
        this.text = new ChangeText(screen);
    }

    Applying.Listener listener() {
        return (application, change) -> {
            if (!current.equals(application.key())) {
                current = application.key();
                screen.say(application.key());
            }
            text.done(change);
        };
    }

    /**
     * The exit code.
     *
     * @param verdict of an application where all went well
     */
    int end(String spec, List<Outcome> outcomes, String verdict) {
        boolean failed = false;
        for (Outcome outcome : outcomes) {
            boolean good = outcome.failures().isEmpty();
            failed |= !good;
            if (!good) {
                screen.complain(
                        outcome.application() + ": " + String.join("; ", outcome.failures()));
            }
            String word = good ? verdict : outcome.status() == null ? "failed" : outcome.status();
            String done =
                    outcome.changes().isEmpty()
                            ? good ? "nothing to do" : "nothing done"
                            : outcome.changes().size() + " done";
            screen.say(
                    good ? Screen.Colour.GREEN : Screen.Colour.RED,
                    "%s  %s, %s".formatted(outcome.application(), word, done));
            outcome.notes().forEach(note -> screen.say("  " + note));
        }
        screen.print(OutcomeJson.of(spec, outcomes));
        return failed ? ExitCodes.FAILED : ExitCodes.DONE;
    }
}

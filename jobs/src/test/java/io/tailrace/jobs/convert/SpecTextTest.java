package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.NodeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is written can be read, and is the same. */
class SpecTextTest {

    private static final String STRANGE = ":#,[]{}'\"\\ -?&*!|>%@`~$=<^()+/\n\té0a1.e_";
    private static final String[] WORDS = {
        "null",
        "true",
        "~",
        "",
        "yes",
        "1.5",
        "0x1f",
        "1_000",
        "2026-01-01",
        "- a",
        "a: b",
        "a #b",
        "<<",
        "=",
        "${A:-b}",
        "^/api/$",
        "\\d+",
        "'",
        "\"",
        "!tag",
        "&a",
        "*a",
        "...",
        "---",
        "on"
    };

    @TempDir private Path folder;

    private static Written.Text text(Random random) {
        if (random.nextInt(3) == 0) {
            return new Written.Text(WORDS[random.nextInt(WORDS.length)], true);
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(STRANGE.charAt(random.nextInt(STRANGE.length())));
        }
        return new Written.Text(text.toString(), true);
    }

    private static Written value(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(3);
        if (kind == 0) {
            return text(random);
        } else if (kind == 1) {
            Written.Items items = new Written.Items();
            for (int i = random.nextInt(4); i > 0; i--) {
                items.add(value(random, depth - 1));
            }
            return items;
        }
        return block(random, depth - 1);
    }

    private static Written.Block block(Random random, int depth) {
        Written.Block block = new Written.Block();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String comment = random.nextInt(4) == 0 ? "Why: it # is \"so\"" : "";
            block.put(
                    "key" + i + (random.nextInt(4) == 0 ? ".a: b" : ""),
                    value(random, depth),
                    comment);
        }
        return block;
    }

    /** With every text quoted, as it is read, and without comments. */
    private static Written plain(Written written) {
        if (written instanceof Written.Text text) {
            return new Written.Text(text.text(), true);
        } else if (written instanceof Written.Items items) {
            Written.Items plain = new Written.Items();
            items.lines().forEach(line -> plain.add(plain(line.value())));
            return plain;
        }
        Written.Block plain = new Written.Block();
        ((Written.Block) written)
                .lines()
                .forEach(line -> plain.put(line.key(), plain(line.value())));
        return plain;
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws IOException {
        Path file = folder.resolve("spec.yaml");
        for (int seed = 0; seed < 1000; seed++) {
            Written.Block written = block(new Random(seed), 4);
            String text = SpecText.of(written);
            Files.writeString(file, text);

            assertThat(plain(Written.of(NodeReader.read(file).value())))
                    .as("seed %d:%n%s", seed, text)
                    .isEqualTo(plain(written));
        }
    }
}

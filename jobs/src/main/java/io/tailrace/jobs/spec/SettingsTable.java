package io.tailrace.jobs.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Documents a record of settings and all within it, as a Markdown table with dotted keys. */
public final class SettingsTable {

    private final StringBuilder rows = new StringBuilder();
    private final Set<Class<?>> elsewhere;
    private final List<Class<?>> open = new ArrayList<>();

    private SettingsTable(Set<Class<?>> elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** The table of one block, with a line break at its end. */
    public static String of(Class<? extends Record> type, String prefix) {
        return of(type, prefix, Set.of());
    }

    /**
     * The table of one block, with a line break at its end.
     *
     * @param prefix the path of the block, such as {@code tail_sampling}; empty for none
     * @param elsewhere records that have a table of their own and are only named in this one
     */
    public static String of(
            Class<? extends Record> type, String prefix, Set<Class<? extends Record>> elsewhere) {
        SettingsTable table = new SettingsTable(new HashSet<>(elsewhere));
        table.block(new BlockShape(type), new KeyPath(prefix));
        return "| key | type | default | meaning |\n|---|---|---|---|\n" + table.rows;
    }

    private void block(BlockShape shape, KeyPath path) {
        open.add(shape.type());
        for (Key key : shape.keys()) {
            if (key.shape() instanceof TypedShape typed) {
                row(path.key(typed.key()), choices(typed), key);
                variants(typed, path);
            } else {
                value(key.shape(), path.key(key.name()), key, shape.oneOf());
            }
        }
        open.remove(open.size() - 1);
    }

    /** A variant is under no key of its own that could tell its meaning, so its record does. */
    private void variants(TypedShape typed, KeyPath path) {
        for (Map.Entry<String, BlockShape> variant : typed.variants().entrySet()) {
            KeyPath below = path.key(variant.getKey());
            BlockShape block = variant.getValue();
            if (!block.meaning().isEmpty()) {
                line(below.text(), "object", "", block.meaning());
            }
            if (!inside(block)) {
                block(block, below);
            }
        }
    }

    private void value(Shape shape, KeyPath path, Key key, boolean oneOf) {
        Shape innermost = shape;
        StringBuilder suffix = new StringBuilder();
        while (innermost instanceof Shape.Many || innermost instanceof Shape.Named) {
            if (innermost instanceof Shape.Many many) {
                suffix.append("[]");
                innermost = many.element();
            } else if (innermost instanceof Shape.Named named) {
                suffix.append(".<name>");
                innermost = named.value();
            }
        }
        row(path, oneOf ? type(shape, key) + ", or another of these" : type(shape, key), key);
        if (innermost instanceof BlockShape block && !inside(block)) {
            block(block, new KeyPath(path.text() + suffix));
        }
    }

    private boolean inside(BlockShape block) {
        return open.contains(block.type()) || elsewhere.contains(block.type());
    }

    private String type(Shape shape, Key key) {
        if (shape instanceof Shape.Many many) {
            return "list of " + plural(many.element(), key) + range(shape, key);
        } else if (shape instanceof Shape.Named named) {
            return "object of " + plural(named.value(), key) + range(shape, key);
        } else if (shape instanceof Shape.Texts) {
            return "object of texts";
        } else if (shape instanceof Shape.Json) {
            return "anything";
        } else if (shape instanceof BlockShape block) {
            boolean again = open.contains(block.type());
            return again ? "object, as the one around" : "object";
        }
        String secret = key.setting().secret() ? " (secret, by reference)" : "";
        return ((ScalarShape) shape).name() + secret + range(shape, key);
    }

    private String plural(Shape element, Key key) {
        if (element instanceof ChoiceShape choice) {
            return choice.name();
        } else if (element instanceof BlockShape block) {
            return open.contains(block.type()) ? "objects, as the ones around" : "objects";
        }
        return element instanceof ScalarShape scalar ? scalar.name() + 's' : type(element, key);
    }

    private static String range(Shape shape, Key key) {
        Rules rules = key.rules();
        String range;
        if (shape instanceof ScalarShape scalar) {
            range = Rules.range(rules.least(), rules.most(), scalar::bound);
        } else {
            range = Rules.range(rules.least(), rules.most(), each -> Long.toString((long) each));
        }
        return range.isEmpty() ? "" : ", " + range;
    }

    private static String choices(TypedShape typed) {
        return '`' + String.join("`, `", typed.variants().keySet()) + '`';
    }

    private void row(KeyPath path, String type, Key key) {
        String written = key.documentedDefault();
        String standard = written.isEmpty() ? "none" : '`' + written + '`';
        line(path.text(), type, key.required() ? "required" : standard, key.setting().value());
    }

    private void line(String key, String type, String standard, String meaning) {
        rows.append("| `").append(cell(key)).append("` | ").append(cell(type));
        rows.append(" | ")
                .append(cell(standard))
                .append(" | ")
                .append(cell(meaning))
                .append(" |\n");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}

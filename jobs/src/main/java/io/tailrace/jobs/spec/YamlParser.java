package io.tailrace.jobs.spec;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

import java.io.StringReader;
import java.util.Iterator;

/** From text to nodes; what cannot be parsed is a problem and gives null. */
final class YamlParser {

    /** Deep enough for any spec, and shallow enough for any stack. */
    private static final int DEEPEST = 50;

    private static final int MOST_ALIASES = 200;

    private final ProblemList problems;

    YamlParser(ProblemList problems) {
        this.problems = problems;
    }

    /** The only document of a text, at most 3 MiB; null, and a problem, where there is none. */
    Node parse(String text, Location start, KeyPath path) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setAllowRecursiveKeys(false);
        try {
            Iterator<org.yaml.snakeyaml.nodes.Node> documents =
                    new Yaml(options).composeAll(new StringReader(text)).iterator();
            if (!documents.hasNext()) {
                return new Node.Scalar("", true, true, start);
            }
            org.yaml.snakeyaml.nodes.Node document = documents.next();
            if (documents.hasNext()) {
                Mark second = documents.next().getStartMark();
                problems.add(at(start, second), path, "there is a second document", "a single one");
                return null;
            }
            return new NodeBuilder(problems, start).build(document, path);
        } catch (MarkedYAMLException e) {
            problems.add(at(start, e.getProblemMark()), path, "this is not YAML: " + words(e), "");
        } catch (ReaderException e) {
            problems.add(
                    at(start, text, e.getPosition()),
                    path,
                    String.format("the character U+%04X is not allowed in YAML", e.getCodePoint()),
                    "");
        } catch (YAMLException e) {
            problems.add(
                    start, path, "this is not YAML to read: " + Quoted.oneLine(e.getMessage()), "");
        }
        return null;
    }

    /** The parser's words without anything it quotes of the text, which might hold a secret. */
    private static String words(MarkedYAMLException e) {
        String problem =
                Quoted.oneLine(e.getProblem())
                        .replaceFirst("(undefined alias|tag is not allowed).*", "$1");
        return e.getContext() == null ? problem : Quoted.oneLine(e.getContext()) + ", " + problem;
    }

    private static Location at(Location start, Mark mark) {
        return start.order() > 0 || mark == null
                ? start
                : new Location(0, start.source(), mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Location at(Location start, String text, int position) {
        if (start.order() > 0) {
            return start;
        }
        String before = text.substring(0, Math.min(position, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Location(0, start.source(), line, position - before.lastIndexOf('\n'));
    }
}

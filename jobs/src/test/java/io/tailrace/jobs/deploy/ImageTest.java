package io.tailrace.jobs.deploy;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

import javax.xml.parsers.DocumentBuilderFactory;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What an image is made of is there, and of one version with what the jobs are built for. */
class ImageTest {

    private static final Path ROOT = Path.of("..");
    private static final Path FOLDER = DeployFolder.PATH.resolve("docker");
    private static final Pattern COPY = Pattern.compile("COPY (?:--\\S+ )*(\\S+) (\\S+)");

    /** Built, and so there only behind a build. */
    private static final String JOB_JAR = "jobs/target/tailrace.jar";

    private static List<String> instructions() throws Exception {
        return Files.readString(FOLDER.resolve("Dockerfile"))
                .replace("\\\n", "")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
    }

    static String property(String name) throws Exception {
        Element project =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(ROOT.resolve("pom.xml").toFile())
                        .getDocumentElement();
        return project.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void isFlinksOfTheVersionThatJobsAreBuiltFor() throws Exception {
        String version = property("flink.version");
        assertThat(instructions().get(0)).isEqualTo("FROM flink:" + version + "-java17");
        assertThat(instructions())
                .filteredOn(line -> line.contains("flink-s3"))
                .singleElement()
                .asString()
                .contains("flink-s3-fs-presto-" + version + ".jar");
    }

    @Test
    void isNotRootInTheEnd() throws Exception {
        assertThat(instructions()).filteredOn(line -> line.startsWith("USER ")).hasSize(1);
        assertThat(instructions()).last().asString().matches("USER [1-9]\\d*:[1-9]\\d*");
    }

    @Test
    void whatIsCopiedIsThereAndNotIgnored() throws Exception {
        List<String> taken =
                Files.readAllLines(FOLDER.resolve("Dockerfile.dockerignore")).stream()
                        .filter(line -> line.startsWith("!"))
                        .map(line -> line.substring(1))
                        .toList();
        List<Matcher> copies =
                instructions().stream().map(COPY::matcher).filter(Matcher::matches).toList();
        assertThat(copies).extracting(copy -> copy.group(1)).isEqualTo(taken).contains(JOB_JAR);
        assertThat(taken)
                .filteredOn(source -> !source.equals(JOB_JAR))
                .allSatisfy(source -> assertThat(ROOT.resolve(source)).exists());
        assertThat(FOLDER.resolve("tailrace")).isExecutable();
        // What Maven makes of this module.
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<finalName>tailrace</finalName>");
        assertThat(copies.get(0).group(2)).isEqualTo("/opt/flink/usrlib/tailrace.jar");
    }

    /** What it opens of the JDK is what these tests run with. */
    @Test
    void itsCommandLineIsStartedAsTheTestsAre() throws Exception {
        String opens = "deploy/jdk-opens.args";
        assertThat(instructions())
                .filteredOn(line -> line.contains(opens))
                .singleElement()
                .asString()
                .endsWith(" /opt/tailrace/jdk-opens.args");
        assertThat(Files.readString(FOLDER.resolve("tailrace")))
                .contains("exec java @/opt/tailrace/jdk-opens.args ");
        assertThat(property("argLine")).contains("/" + opens);
        List<String> opened =
                Files.readAllLines(ROOT.resolve(opens)).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
        assertThat(opened).hasSizeGreaterThan(10);
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments()).containsAll(opened);
    }
}

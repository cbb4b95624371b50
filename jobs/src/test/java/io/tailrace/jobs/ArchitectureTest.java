package io.tailrace.jobs;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** Which way dependencies may point. */
@AnalyzeClasses(packages = "io.tailrace", importOptions = ArchitectureTest.ProductOnly.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_FROM_JOBS_TO_SINKS_TO_OPERATORS =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("operators")
                    .definedBy("io.tailrace.operators..")
                    .layer("sinks")
                    .definedBy("io.tailrace.sinks..")
                    .layer("jobs")
                    .definedBy("io.tailrace.jobs..")
                    .whereLayer("jobs")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("sinks")
                    .mayOnlyBeAccessedByLayers("jobs");

    @ArchTest
    static final ArchRule NO_JOB_NEEDS_WHAT_TESTS_BENCHMARKS_AND_DEMO_BRING =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.tailrace.operators..", "io.tailrace.sinks..", "io.tailrace.jobs..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.tailrace.broker..",
                            "io.tailrace.bench..",
                            "io.tailrace.plain..",
                            "io.tailrace.demo..");

    @ArchTest
    static final ArchRule OPERATORS_KNOW_NO_KAFKA_NO_JDBC_AND_NO_YAML =
            noClasses()
                    .that()
                    .resideInAPackage("io.tailrace.operators..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka..",
                            "org.apache.flink.connector..",
                            "java.sql..",
                            "javax.sql..",
                            "org.yaml..",
                            "java.net..",
                            "java.nio.file..");

    @ArchTest
    static final ArchRule OPERATORS_TAKE_TIME_FROM_RECORDS_AND_TIMERS =
            noClasses()
                    .that()
                    .resideInAPackage("io.tailrace.operators..")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.time.Clock")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule ONLY_THE_SAMPLER_LOOKS_BEHIND_FLINKS_PUBLIC_INTERFACE =
            noClasses()
                    .that(
                            DescribedPredicate.describe(
                                    "are not the sampler, pairing, joining, their state and metrics, batches, what"
                                            + " reads requests, calls and sightings before they are sent,"
                                            + " rows, the lookups of hosts, the end of a job that cannot"
                                            + " write, or the local cluster",
                                    (JavaClass type) ->
                                            !type.getFullName().contains("TraceSampler")
                                                    && !type.getFullName()
                                                            .contains("SamplerMetrics")
                                                    && !type.getPackageName()
                                                            .equals(
                                                                    "io.tailrace.operators.sampling.state")
                                                    && !type.getPackageName()
                                                            .equals("io.tailrace.operators.state")
                                                    && !type.getPackageName()
                                                            .equals(
                                                                    "io.tailrace.operators.pairing.waiting")
                                                    && !type.getFullName().contains("SpanPairing")
                                                    && !type.getFullName()
                                                            .contains("SpansToBatches")
                                                    && !type.getFullName()
                                                            .contains("ReadingOperator")
                                                    && !type.getFullName()
                                                            .contains("LocalSightings")
                                                    && !type.getFullName()
                                                            .contains("RelationPairing")
                                                    && !type.getFullName().contains("LocalCalls")
                                                    && !type.getFullName()
                                                            .contains("SamplesToMessages")
                                                    && !type.getFullName().contains("HostLookup")
                                                    && !type.getFullName()
                                                            .contains("RecordsToTables")
                                                    && !type.getFullName()
                                                            .equals(
                                                                    "io.tailrace.sinks.jdbc.Failure")
                                                    && !type.getPackageName()
                                                            .startsWith("io.tailrace.jobs.cli")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink.runtime..", "org.apache.flink.streaming.runtime..");

    @ArchTest
    static final ArchRule THE_READING_OF_SPECS_KNOWS_NO_JOB =
            noClasses()
                    .that()
                    .resideInAPackage("io.tailrace.jobs.spec..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.tailrace.jobs.source..",
                            "io.tailrace.jobs.sink..",
                            "io.tailrace.jobs.tailsampling..",
                            "io.tailrace.jobs.cli..",
                            "org.apache.flink..");

    /** Leaves out tests, also those of other modules, which come in a jar of their own. */
    static final class ProductOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return Predefined.DO_NOT_INCLUDE_TESTS.includes(location)
                    && !location.contains("-tests.jar");
        }
    }
}

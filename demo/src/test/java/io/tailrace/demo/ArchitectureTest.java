package io.tailrace.demo;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What must know nothing of each other. */
@AnalyzeClasses(packages = "io.tailrace", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NOTHING_NEEDS_THE_DEMO =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.tailrace.demo..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.tailrace.demo..");

    @ArchTest
    static final ArchRule PLAIN_READINGS_KNOW_NOTHING_OF_WHAT_THEY_ARE_COMPARED_WITH =
            noClasses()
                    .that()
                    .resideInAPackage("io.tailrace.plain..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.tailrace.operators..",
                            "io.tailrace.sinks..",
                            "io.tailrace.jobs..",
                            "io.tailrace.broker..",
                            "org.apache.flink..");
}

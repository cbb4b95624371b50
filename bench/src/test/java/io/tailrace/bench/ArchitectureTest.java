package io.tailrace.bench;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** Which way dependencies point, with the modules that no job has. */
@AnalyzeClasses(packages = "io.tailrace", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_BENCHMARKS_ARE_ABOVE_ALL_AND_THE_BROKER_STANDS_ALONE =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("operators")
                    .definedBy("io.tailrace.operators..")
                    .layer("sinks")
                    .definedBy("io.tailrace.sinks..")
                    .layer("broker")
                    .definedBy("io.tailrace.broker..")
                    .layer("jobs")
                    .definedBy("io.tailrace.jobs..")
                    .layer("bench")
                    .definedBy("io.tailrace.bench..")
                    .whereLayer("bench")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("jobs")
                    .mayOnlyBeAccessedByLayers("bench")
                    .whereLayer("broker")
                    .mayOnlyBeAccessedByLayers("bench")
                    .whereLayer("broker")
                    .mayNotAccessAnyLayer()
                    .whereLayer("sinks")
                    .mayOnlyBeAccessedByLayers("jobs", "bench");
}

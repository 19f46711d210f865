package io.undertone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The walls between packages. The order of the stages is that of the root package's documentation. */
@AnalyzeClasses(packages = "io.undertone", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] FLOW_CORE = {
        "io.undertone.audio..",
        "io.undertone.ingest..",
        "io.undertone.features..",
        "io.undertone.window..",
        "io.undertone.inference..",
        "io.undertone.vote..",
        "io.undertone.bundle..",
        "io.undertone.training..",
    };

    @ArchTest
    static final ArchRule shouldUseOnlyEarlierStages = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("audio")
            .definedBy("io.undertone.audio..")
            .layer("ingest")
            .definedBy("io.undertone.ingest..")
            .layer("features")
            .definedBy("io.undertone.features..")
            .layer("window")
            .definedBy("io.undertone.window..")
            .layer("inference")
            .definedBy("io.undertone.inference..")
            .layer("vote")
            .definedBy("io.undertone.vote..")
            .layer("publish")
            .definedBy("io.undertone.publish..")
            .layer("topology")
            .definedBy("io.undertone.topology..")
            .whereLayer("audio")
            .mayNotAccessAnyLayer()
            .whereLayer("ingest")
            .mayOnlyAccessLayers("audio")
            .whereLayer("features")
            .mayOnlyAccessLayers("audio", "ingest")
            .whereLayer("window")
            .mayOnlyAccessLayers("audio", "ingest", "features")
            .whereLayer("inference")
            .mayOnlyAccessLayers("audio", "ingest", "features", "window")
            .whereLayer("vote")
            .mayOnlyAccessLayers("audio", "ingest", "features", "window", "inference")
            .whereLayer("publish")
            .mayOnlyAccessLayers("audio", "ingest", "features", "window", "inference", "vote");

    @ArchTest
    static final ArchRule shouldWireTopologiesOnlyFromTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackages("io.undertone.topology..", "io.undertone.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.undertone.topology..");

    @ArchTest
    static final ArchRule shouldLeaveTheCommandLineToItself = noClasses()
            .that()
            .resideOutsideOfPackage("io.undertone.cli..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.undertone.cli..", "picocli.."));

    @ArchTest
    static final ArchRule shouldTrainApartFromServing = noClasses()
            .that()
            .resideOutsideOfPackages("io.undertone.training..", "io.undertone.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.undertone.training..");

    @ArchTest
    static final ArchRule shouldKeepKafkaOutOfTheCore =
            noClasses().that().resideInAnyPackage(FLOW_CORE).should().dependOnClassesThat(kafka());

    @ArchTest
    static final ArchRule shouldUseKafkaOnlyAtTheEdges = classes()
            .that(dependOn("Kafka", kafka()))
            .should()
            .resideInAnyPackage(
                    "io.undertone.topology..",
                    "io.undertone.config..",
                    "io.undertone.embedded..",
                    "io.undertone.kafka..",
                    "io.undertone.source..",
                    "io.undertone.bench..",
                    "io.undertone.cli..",
                    "io.undertone.publish..",
                    "io.undertone.registry..",
                    "io.undertone.metrics..",
                    "io.undertone.web..");

    @ArchTest
    static final ArchRule shouldUseNd4jOnlyInItsEngineAndTraining = onlyIn(
            "ND4J",
            resideInAnyPackage("org.nd4j..", "org.deeplearning4j.."),
            "io.undertone.inference.dl4j..",
            "io.undertone.training..");

    @ArchTest
    static final ArchRule shouldUseOnnxRuntimeOnlyInItsEngine =
            onlyIn("ONNX Runtime", resideInAPackage("ai.onnxruntime.."), "io.undertone.inference.onnx..");

    @ArchTest
    static final ArchRule shouldUseXgboostOnlyInItsVoterAndTraining = onlyIn(
            "XGBoost", resideInAPackage("ml.dmlc.."), "io.undertone.inference.xgboost..", "io.undertone.training..");

    @ArchTest
    static final ArchRule shouldUseTarsosDspOnlyForSound =
            onlyIn("TarsosDSP", resideInAPackage("be.tarsos.."), "io.undertone.audio..", "io.undertone.features..");

    @ArchTest
    static final ArchRule shouldUseAvroOnlyWhereRecordsComeAndGo = onlyIn(
            "Avro",
            resideInAPackage("org.apache.avro.."),
            "io.undertone",
            "io.undertone.ingest..",
            "io.undertone.registry..",
            "io.undertone.publish..",
            "io.undertone.topology..",
            "io.undertone.kafka..",
            "io.undertone.web..");

    @ArchTest
    static final ArchRule shouldBeToldTheTimeInTheCore = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.undertone.audio..",
                    "io.undertone.ingest..",
                    "io.undertone.features..",
                    "io.undertone.window..",
                    "io.undertone.vote..",
                    "io.undertone.publish..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    /** Java's own deserialisation runs code that the bytes choose; so do model files of libraries that use it. */
    @ArchTest
    static final ArchRule shouldDeserialiseNothingByJavasOwnMeans = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.deeplearning4j.util.ModelSerializer")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("com.esotericsoftware.kryo..", "java.beans..");

    @ArchTest
    static final ArchRule shouldPrintOnlyFromTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("io.undertone.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule shouldHaveNoCyclesAmongPackages =
            slices().matching("io.undertone.(*)..").should().beFreeOfCycles();

    private static DescribedPredicate<JavaClass> kafka() {
        return resideInAnyPackage("org.apache.kafka..", "kafka..");
    }

    private static ArchRule onlyIn(String library, DescribedPredicate<JavaClass> classes, String... packages) {
        return classes().that(dependOn(library, classes)).should().resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> dependOn(String library, DescribedPredicate<JavaClass> classes) {
        return DescribedPredicate.describe(
                "use " + library,
                type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> classes.test(dependency.getTargetClass())));
    }
}

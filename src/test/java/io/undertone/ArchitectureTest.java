package io.undertone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls between packages, as the root package's documentation describes them. */
@AnalyzeClasses(packages = "io.undertone", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] FLOW_CORE = {
        "io.undertone.audio..",
        "io.undertone.ingest..",
        "io.undertone.features..",
        "io.undertone.window..",
        "io.undertone.inference..",
        "io.undertone.vote..",
        "io.undertone.affect..",
        "io.undertone.conversation..",
        "io.undertone.bundle..",
        "io.undertone.training..",
    };

    private static final String ROOT = "io.undertone";

    /**
     * What each package may use of the others; the records of the root package are everyone's. Packages within one that is here share
     * its place, unless they have their own.
     */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            // The flow, in order.
            may("audio"),
            may("ingest", "audio", "codec"),
            may("features", "audio", "ingest"),
            may("window", "audio", "ingest", "features"),
            may("inference", "audio", "ingest", "features", "window", "bundle"),
            may("inference.dl4j", "features", "window", "bundle", "inference"),
            may("inference.onnx", "features", "window", "bundle", "bundle.onnx", "inference"),
            may("inference.xgboost", "features", "window", "bundle", "inference"),
            may("vote", "audio", "ingest", "features", "window", "inference", "bundle"),
            may("affect"),
            may("conversation", "audio", "ingest"),
            may(
                    "publish",
                    "affect",
                    "conversation",
                    "codec",
                    "audio",
                    "ingest",
                    "features",
                    "window",
                    "inference",
                    "vote",
                    "alert"),
            may("alert"),
            may(
                    "topology",
                    "affect",
                    "conversation",
                    "codec",
                    "audio",
                    "ingest",
                    "features",
                    "window",
                    "inference",
                    "vote",
                    "publish",
                    "alert",
                    "bundle",
                    "model",
                    "source",
                    "config",
                    "registry",
                    "metrics",
                    "failure"),
            // Models.
            may("bundle", "affect", "features", "window", "failure"),
            may("bundle.onnx", "features", "bundle"),
            may(
                    "model",
                    "affect",
                    "features",
                    "window",
                    "inference",
                    "inference.dl4j",
                    "inference.onnx",
                    "inference.xgboost",
                    "vote",
                    "bundle",
                    "config",
                    "failure"),
            may(
                    "classify",
                    "affect",
                    "failure",
                    "audio",
                    "ingest",
                    "features",
                    "window",
                    "inference",
                    "vote",
                    "publish",
                    "model",
                    "source"),
            may(
                    "training",
                    "affect",
                    "alert",
                    "audio",
                    "ingest",
                    "features",
                    "window",
                    "inference",
                    "inference.dl4j",
                    "inference.onnx",
                    "vote",
                    "bundle",
                    "bundle.onnx",
                    "model"),
            // Calls in, results out.
            may("source", "audio", "ingest", "failure"),
            may("kafka", "codec", "publish", "config", "registry", "failure"),
            may(
                    "gateway",
                    "audio",
                    "codec",
                    "ingest",
                    "source",
                    "kafka",
                    "publish",
                    "config",
                    "registry",
                    "metrics",
                    "failure",
                    "signing"),
            may(
                    "webhooks",
                    "codec",
                    "source",
                    "kafka",
                    "publish",
                    "config",
                    "registry",
                    "metrics",
                    "failure",
                    "signing"),
            may(
                    "web",
                    "affect",
                    "audio",
                    "classify",
                    "codec",
                    "ingest",
                    "model",
                    "publish",
                    "source",
                    "window",
                    "kafka",
                    "config",
                    "registry",
                    "metrics",
                    "failure",
                    "signing"),
            // What all need.
            may("codec"),
            may("testkit", "affect"),
            may("config", "alert"),
            may("registry", "codec", "config"),
            may("metrics", "window", "inference", "vote", "bundle"),
            may("embedded"),
            may("failure"),
            may("signing"),
            may("caller", "audio", "signing"),
            may("bench", "audio", "ingest", "source", "kafka", "caller", "config", "failure", "inference", "window"));

    /** Puts all together, and is used by none. */
    private static final String COMMAND_LINE = "cli";

    @ArchTest
    static void shouldKnowEveryPackage(JavaClasses classes) {
        Set<String> packages = classes.stream()
                .map(ArchitectureTest::nameOf)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages)
                .allSatisfy(name -> assertThat(place(name))
                        .as("the package %s must have a place in MAY_USE", name)
                        .isNotEmpty());
        assertThat(MAY_USE.values().stream().flatMap(Set::stream))
                .as("what may be used must be a package with a place, too")
                .isSubsetOf(MAY_USE.keySet());
    }

    @ArchTest
    static final ArchRule shouldUseOnlyWhatItsPlaceAllows = classes()
            .should(new ArchCondition<>("use only what its place allows") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    String from = place(nameOf(type));
                    if (from.isEmpty() || from.equals(COMMAND_LINE)) {
                        return;
                    }
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                        JavaClass target = dependency.getTargetClass().getBaseComponentType();
                        String to = target.getPackageName().startsWith(ROOT) ? place(nameOf(target)) : "";
                        if (!to.isEmpty()
                                && !to.equals(from)
                                && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
                            events.add(SimpleConditionEvent.violated(
                                    dependency, from + " may not use " + to + ": " + dependency.getDescription()));
                        }
                    }
                }
            });

    /** The place of a package: its own, or that of the nearest package around it; empty where there is none. */
    private static String place(String name) {
        if (name.isEmpty() || name.equals(COMMAND_LINE) || MAY_USE.containsKey(name)) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : place(name.substring(0, dot));
    }

    /** A class's package without the root; empty for the root itself. */
    private static String nameOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    private static Map.Entry<String, Set<String>> may(String name, String... others) {
        return Map.entry(name, Set.of(others));
    }

    @ArchTest
    static final ArchRule shouldLeavePicocliToTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("io.undertone.cli..")
            .should()
            .dependOnClassesThat(resideInAPackage("picocli.."));

    @ArchTest
    static final ArchRule shouldStreamOnlyInTopologies = noClasses()
            .that()
            .resideOutsideOfPackages("io.undertone.topology..", "io.undertone.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..");

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
                    "io.undertone.gateway..",
                    "io.undertone.webhooks..",
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
            "io.undertone.codec..",
            "io.undertone.registry..",
            "io.undertone.publish..",
            "io.undertone.topology..",
            "io.undertone.kafka..",
            "io.undertone.gateway..",
            "io.undertone.webhooks..",
            "io.undertone.web..");

    @ArchTest
    static final ArchRule shouldBeToldTheTimeInTheCore = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.undertone.audio..",
                    "io.undertone.affect..",
                    "io.undertone.alert..",
                    "io.undertone.codec..",
                    "io.undertone.ingest..",
                    "io.undertone.features..",
                    "io.undertone.window..",
                    "io.undertone.conversation..",
                    "io.undertone.vote..",
                    "io.undertone.publish..")
            .should()
            .accessTargetWhere(asksForTheTime())
            .orShould()
            .accessTargetWhere(asksForChance());

    /** It was looked for in two methods only. */
    @Test
    void shouldKnowHowTheTimeIsAsked() {
        JavaClasses asking = new ClassFileImporter().importClasses(Asking.class);
        assertThat(asking.get(Asking.class).getAccessesFromSelf())
                .filteredOn(asksForTheTime().or(asksForChance())::test)
                .extracting(access -> access.getOriginOwner().getSimpleName() + " "
                        + access.getOrigin().getName())
                .containsOnly("Asking time", "Asking clock", "Asking date", "Asking day", "Asking chance");
    }

    /** Each way once. */
    @SuppressWarnings({"unused", "JavaUtilDate", "JavaTimeDefaultTimeZone"})
    private static final class Asking {
        long time() {
            return System.currentTimeMillis()
                    + System.nanoTime()
                    + Instant.now().toEpochMilli();
        }

        Clock clock() {
            return Clock.systemUTC();
        }

        java.util.Date date() {
            return new java.util.Date();
        }

        Object day() {
            return LocalDate.now();
        }

        double chance() {
            return Math.random() + new java.util.Random().nextDouble();
        }

        long told(Clock clock, Instant then) {
            return Instant.now(clock).toEpochMilli()
                    + new java.util.Date(then.toEpochMilli()).getTime()
                    + new java.util.Random(1).nextInt();
        }
    }

    private static DescribedPredicate<JavaAccess<?>> asksForTheTime() {
        return DescribedPredicate.describe("ask for the time", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getTarget().getName();
            boolean bare = takesNothing(access);
            return owner.equals("java.lang.System")
                            && Set.of("currentTimeMillis", "nanoTime").contains(name)
                    || owner.startsWith("java.time.") && name.equals("now") && bare
                    || owner.equals("java.time.Clock") && name.startsWith("system")
                    || owner.equals("java.util.Date") && name.equals("<init>") && bare;
        });
    }

    private static DescribedPredicate<JavaAccess<?>> asksForChance() {
        return DescribedPredicate.describe("ask for chance without a seed", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getTarget().getName();
            return owner.equals("java.lang.Math") && name.equals("random")
                    || owner.equals("java.util.UUID") && name.equals("randomUUID")
                    || owner.equals("java.util.concurrent.ThreadLocalRandom") && name.equals("current")
                    || Set.of("java.util.Random", "java.util.SplittableRandom").contains(owner)
                            && name.equals("<init>")
                            && takesNothing(access);
        });
    }

    private static boolean takesNothing(JavaAccess<?> access) {
        return access instanceof JavaCodeUnitAccess<?> call
                && call.getTarget().getRawParameterTypes().isEmpty();
    }

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
            slices().matching("io.undertone.(**)").should().beFreeOfCycles();

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

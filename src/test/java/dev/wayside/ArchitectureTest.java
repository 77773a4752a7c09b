package dev.wayside;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules between the rooms; docs/architecture.md says why. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.wayside");

    @Test
    void nothingLooksBackAtTheProcessors() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.wayside.processors..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wayside.processors..")
                .check(CLASSES);
    }

    @Test
    void nothingLooksBackAtTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.wayside.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wayside.cli..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineKnowsTheAssembly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.wayside.cli..", "dev.wayside.assembly..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wayside.assembly..")
                .check(CLASSES);
    }

    @Test
    void theEngineKnowsOnlyDjlAndJavaCpp() {
        classes()
                .that()
                .resideInAPackage("dev.wayside.tflite..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.wayside.tflite..",
                        "ai.djl..",
                        "org.bytedeco.javacpp..",
                        "org.bytedeco.tensorflowlite..",
                        "org.slf4j..",
                        "java..")
                .check(CLASSES);
    }

    @Test
    void theMachineryKnowsNothingOfCamelButWhereItMeetsIt() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.wayside.tflite..",
                        "dev.wayside.frame..",
                        "dev.wayside.camera..",
                        "dev.wayside.detect..",
                        "dev.wayside.event..",
                        "dev.wayside.journal",
                        "dev.wayside.mqtt..",
                        "dev.wayside.status..",
                        "dev.wayside.text..",
                        "dev.wayside.config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(CLASSES);
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching("dev.wayside.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheCommandLineWritesToTheConsoleOrEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.wayside.cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }
}

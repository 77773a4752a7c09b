package dev.wayside;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between the packages; docs/architecture.md gives the reasons. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.wayside");

    @Test
    void nothingDependsOnTheProcessors() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.wayside.processors..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wayside.processors..")
                .check(CLASSES);
    }

    @Test
    void nothingDependsOnTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.wayside.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wayside.cli..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineDependsOnTheAssembly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.wayside.cli..", "dev.wayside.assembly..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wayside.assembly..")
                .check(CLASSES);
    }

    @Test
    void theEngineDependsOnlyOnDjlAndJavaCpp() {
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
    void thePackagesThatDependOnCamelAreThoseOfThePage() throws IOException {
        Matcher sentence = Pattern.compile("Only these packages depend on Camel:((?:,?\\s+`[a-z.]+`)+)\\.")
                .matcher(Files.readString(Path.of("docs/architecture.md")));
        assertTrue(sentence.find(), "the page has the sentence");
        Set<String> named = new TreeSet<>();
        Matcher name = Pattern.compile("`([a-z.]+)`").matcher(sentence.group(1));
        while (name.find()) {
            named.add("dev.wayside." + name.group(1));
        }
        Set<String> found = CLASSES.stream()
                .filter(each -> each.getDirectDependenciesFromSelf().stream()
                        .anyMatch(to -> to.getTargetClass().getPackageName().startsWith("org.apache.camel")))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(found, named);
    }

    @Test
    void packagesHaveNoCyclicDependencies() {
        slices().matching("dev.wayside.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheCommandLineDependsOnTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.wayside.cli..", "dev.wayside.process..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wayside.process..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineWritesToTheConsoleOrEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.wayside.cli..", "dev.wayside.process..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }
}

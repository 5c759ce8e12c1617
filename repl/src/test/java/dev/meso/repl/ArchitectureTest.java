package dev.meso.repl;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.meso.runtime.error.Suggest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the arrows of {@code docs/design/house.md}: repl -> language -> (grammar, runtime). */
class ArchitectureTest {
    private static final JavaClasses MESO = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.meso");

    @Test
    void allModulesAreSeen() {
        for (String room : new String[] {"grammar", "runtime", "language", "repl"}) {
            assertTrue(MESO.stream().anyMatch(c -> c.getPackageName().startsWith("dev.meso." + room)), room);
        }
    }

    @Test
    void runtimeIsAPlainJavaLibrary() {
        classes()
                .that()
                .resideInAPackage("dev.meso.runtime..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.meso.runtime..",
                        "java..",
                        "javax..",
                        "jdk.incubator.vector..",
                        "it.unimi.dsi.fastutil..",
                        "org.apache.arrow..",
                        "org.duckdb..",
                        "org.ejml.."))
                .check(MESO);
    }

    @Test
    void grammarKnowsNothingButAntlr() {
        classes()
                .that()
                .resideInAPackage("dev.meso.grammar..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("dev.meso.grammar..", "org.antlr..", "java.."))
                .check(MESO);
    }

    @Test
    void languageKnowsNoTerminals() {
        noClasses()
                .that()
                .resideInAPackage("dev.meso.language..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.meso.repl..", "org.jline..", "org.duckdb..", "org.apache.arrow..", "org.ejml..")
                .check(MESO);
    }

    @Test
    void onlyTheParserKnowsAntlr() {
        noClasses()
                .that(resideOutsideOfPackages(
                        "dev.meso.grammar..", "dev.meso.language.parse..", "dev.meso.language.format.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.antlr..", "dev.meso.grammar..")
                .check(MESO);
    }

    /** Near names are found and worded in the runtime, for the command line as for programs. */
    @Test
    void programsAreRunThroughPolyglotOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.meso.repl..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "com.oracle.truffle..",
                                "dev.meso.runtime..",
                                "dev.meso.grammar..",
                                "dev.meso.language.nodes..",
                                "dev.meso.language.value..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.type(Suggest.class))))
                .check(MESO);
    }

    @Test
    void eachPackageSaysWhatItIsFor() throws IOException {
        Set<String> packages = MESO.stream()
                .map(JavaClass::getPackage)
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Path root = Path.of(System.getProperty("meso.root"));
        for (String module : new String[] {"grammar", "runtime", "stdlib", "language", "repl", "examples", "bench"}) {
            Path sources = root.resolve(module).resolve("src/main/java");
            if (!Files.isDirectory(sources)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.endsWith("package-info.java"))
                        .map(file -> sources.relativize(file.getParent()).toString())
                        .map(folder -> folder.replace('/', '.').replace('\\', '.'))
                        .forEach(packages::remove);
            }
        }
        assertEquals(Set.of(), packages, "packages without a package-info.java");
    }
}

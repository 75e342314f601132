package ferry;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The direction of imports, and what the deciding packages may not touch. */
class ArchitectureTest {

  private static final JavaClasses FERRY =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ferry");

  private static final String[] DECIDING = {"ferry.workflow..", "ferry.run..", "ferry.search.."};

  /** What reads the world where it gets no argument to read it from. */
  private static final Set<String> CLOCKS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.random.RandomGenerator.getDefault");

  private static final Set<String> UNSEEDED =
      Set.of("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom");

  private static final Set<String> EXITS =
      Set.of("java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt");

  @Test
  void packagesFormNoCycle() {
    slices().matching("ferry.(**)").should().beFreeOfCycles().allowEmptyShould(true).check(FERRY);
  }

  @Test
  void coreSeesNoOtherModule() {
    noClasses()
        .that(liveIn("core"))
        .should()
        .dependOnClassesThat(liveIn("adapters").or(liveIn("server")).or(liveIn("cli")))
        .check(FERRY);
  }

  @Test
  void decidingPackagesUseNoFileNetworkOrThread() {
    noClasses()
        .that()
        .resideInAnyPackage(DECIDING)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, Process.class, ProcessBuilder.class, Runtime.class)
        .check(FERRY);
  }

  @Test
  void decidingPackagesAreHandedTimeAndChance() {
    noClasses()
        .that()
        .resideInAnyPackage(DECIDING)
        .should()
        .callCodeUnitWhere(calls("a clock, the environment or unseeded chance", this::asksTheWorld))
        .check(FERRY);
  }

  @Test
  void adapterPackagesDoNotImportEachOther() {
    slices()
        .assignedFrom(new AdapterPackages())
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .check(FERRY);
  }

  @Test
  void serverAndAdaptersDoNotSeeEachOther() {
    noClasses()
        .that(liveIn("server"))
        .should()
        .dependOnClassesThat(liveIn("adapters"))
        .allowEmptyShould(true)
        .check(FERRY);
    noClasses()
        .that(liveIn("adapters"))
        .should()
        .dependOnClassesThat(liveIn("server"))
        .allowEmptyShould(true)
        .check(FERRY);
  }

  @Test
  void onlyTheCommandLineAndTheProcessLauncherEndTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackages("ferry.cli..", "ferry.local..")
        .should()
        .callCodeUnitWhere(calls("an exit", target -> EXITS.contains(nameOf(target))))
        .check(FERRY);
  }

  private boolean asksTheWorld(CodeUnitCallTarget target) {
    var owner = target.getOwner().getName();
    return CLOCKS.contains(nameOf(target))
        || owner.startsWith("java.time.")
            && target.getName().equals("now")
            && target.getRawParameterTypes().isEmpty()
        || owner.equals("java.time.Clock") && target.getName().startsWith("system")
        || UNSEEDED.contains(owner)
            && target.getName().equals("<init>")
            && target.getRawParameterTypes().isEmpty();
  }

  private static String nameOf(CodeUnitCallTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }

  private static DescribedPredicate<JavaCall<?>> calls(
      String what, java.util.function.Predicate<CodeUnitCallTarget> target) {
    return describe(what, call -> target.test(call.getTarget()));
  }

  /** Classes come from `module/target/classes` or, after `package`, from `module/target/x.jar`. */
  private static DescribedPredicate<JavaClass> liveIn(String module) {
    return describe(
        "live in " + module,
        type ->
            type.getSource()
                .filter(source -> source.getUri().toString().contains("/" + module + "/target/"))
                .isPresent());
  }

  private static final class AdapterPackages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return liveIn("adapters").test(type)
          ? SliceIdentifier.of(type.getPackageName().split("[.]")[1])
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages of adapters";
    }
  }
}

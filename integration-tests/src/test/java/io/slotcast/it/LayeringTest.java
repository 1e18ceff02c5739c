package io.slotcast.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.slotcast.broker.BrokerNode;
import io.slotcast.membership.ClusterMembership;
import io.slotcast.router.SlotHash;
import io.slotcast.testkit.Cluster;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom: ARCHITECTURE.md in rules. Think hard before changing one. */
class LayeringTest {
  private static final String BROKER = "io.slotcast.broker";

  /** Each may know itself and those before it. */
  private static final List<String> BROKER_LAYERS =
      List.of(
          "bytes",
          "config",
          "resp",
          "client",
          "report",
          "net",
          "effect",
          "keyspace",
          "pubsub",
          "cluster",
          "peer",
          "replication",
          "migration",
          "command",
          "journal",
          "admin",
          "bench",
          "ctl",
          "cli");

  private static final JavaClasses PRODUCT = importProduct();

  /** From where each module's own classes are: tests may know what they like. */
  private static JavaClasses importProduct() {
    // Of what does not belong to the product only the names matter.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .importUrls(
            Stream.of(SlotHash.class, ClusterMembership.class, BrokerNode.class, Cluster.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toList());
  }

  @Test
  void theRouterKnowsTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("io.slotcast.router..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("io.slotcast.router..", "java..", "org.jspecify.."))
        .check(PRODUCT);
  }

  @Test
  void membershipKnowsTheRouterAndJGroups() {
    classes()
        .that()
        .resideInAPackage("io.slotcast.membership..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "io.slotcast.membership..",
                "io.slotcast.router..",
                "org.jgroups..",
                "org.slf4j..",
                "java..",
                "javax.crypto..",
                "org.jspecify.."))
        .check(PRODUCT);
  }

  @Test
  void theRulesOfTheRegisterAndTheLeasesKnowNoNetworkAndNoLog() {
    noClasses()
        .that()
        .resideInAnyPackage("io.slotcast.membership.register..", "io.slotcast.membership.lease..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.jgroups..", "java.net..", "java.nio.channels..", "org.slf4j.."))
        .check(PRODUCT);
  }

  @Test
  void theBrokerLeavesJGroupsToMembershipAndTheTestKitToTests() {
    noClasses()
        .that()
        .resideInAPackage("io.slotcast.broker..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.jgroups..", "io.slotcast.testkit.."))
        .check(PRODUCT);
  }

  @Test
  void insideTheBrokerEachPackageKnowsOnlyThoseBelowIt() {
    for (int layer = 0; layer < BROKER_LAYERS.size(); layer++) {
      String[] above =
          BROKER_LAYERS.stream()
              .skip(layer + 1L)
              .map(name -> BROKER + "." + name + "..")
              .toArray(String[]::new);
      if (above.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(BROKER + "." + BROKER_LAYERS.get(layer) + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(above))
            .check(PRODUCT);
      }
    }
  }

  @Test
  void everyPackageOfTheBrokerHasItsPlaceAmongTheLayers() {
    Set<String> packages =
        PRODUCT.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(BROKER + "."))
            .map(name -> name.substring(BROKER.length() + 1).split("\\.", 2)[0])
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(packages).isEqualTo(new TreeSet<>(BROKER_LAYERS));
  }

  @Test
  void onlyTheCommandLineKnowsTheNode() {
    DescribedPredicate<JavaClass> node = resideInAPackage(BROKER);
    noClasses()
        .that()
        .resideInAPackage(BROKER + ".(*)..")
        .and()
        .resideOutsideOfPackage(BROKER + ".cli..")
        .should()
        .dependOnClassesThat(node)
        .check(PRODUCT);
  }

  @Test
  void theFrameworkOfCommandsKnowsNoFamily() {
    noClasses()
        .that()
        .resideInAPackage(BROKER + ".command")
        .should()
        .dependOnClassesThat(resideInAPackage(BROKER + ".command.(*)"))
        .check(PRODUCT);
  }

  @Test
  void theKeyspaceKnowsNoTypeOfValue() {
    noClasses()
        .that()
        .resideInAPackage(BROKER + ".keyspace")
        .should()
        .dependOnClassesThat(resideInAPackage(BROKER + ".keyspace.(*)"))
        .check(PRODUCT);
  }

  @Test
  void noTwoPackagesKnowEachOther() {
    slices().matching("io.slotcast.broker.(**)").should().beFreeOfCycles().check(PRODUCT);
    slices().matching("io.slotcast.membership.(**)").should().beFreeOfCycles().check(PRODUCT);
  }
}

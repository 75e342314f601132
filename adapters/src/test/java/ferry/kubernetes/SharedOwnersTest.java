package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether what several runs share stays for a run that comes to it. */
class SharedOwnersTest {
  private static final String MAPS = "/api/v1/namespaces/lab/configmaps";
  private static final String CODE = "ferry-code-home-1234-1-0";

  private FakeApi api;
  private Cluster cluster;
  private SharedOwners owners;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    api = new FakeApi();
    cluster = api.cluster(directory);
    owners = new SharedOwners(cluster);
  }

  @AfterEach
  void close() {
    cluster.close();
    api.close();
  }

  @Test
  void whatARunThatIsThereSharesStays() {
    owned("first", "second");
    runs("first", "second");

    assertThat(owners.join(code(), owner("second"))).isTrue();
    assertThat(api.changes)
        .singleElement()
        .asString()
        .startsWith("PATCH " + MAPS + "/" + CODE + " ")
        .contains("\"uid\": \"uid-of-second\"");
  }

  @Test
  void whatAnEarlierRunLeftIsTrustedOnceTheClusterHasStruckThatRunOff() {
    owned("gone", "first", "second");
    runs("first", "second");
    assertThat(owners.join(code(), owner("second"))).isFalse();

    owned("first", "second");
    assertThat(owners.join(code(), owner("second"))).isTrue();
  }

  @Test
  void ofManyRunsAllAreAskedForAtOnce() {
    var many = IntStream.range(0, 40).mapToObj(i -> "run-" + i).toArray(String[]::new);
    owned(many);
    runs(many);
    assertThat(owners.join(code(), owner("run-39"))).isTrue();
    assertThat(api.asked()).hasSize(2).contains(MAPS);

    runs(Arrays.copyOf(many, 38));
    assertThat(owners.join(code(), owner("run-39"))).isFalse();
  }

  @Test
  void whatNoOtherRunHasStaysForTheOneThatMadeIt() {
    owned("second");

    assertThat(owners.join(code(), owner("second"))).isTrue();
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void aRunThatIsBegunAnewDoesNotTakeItsOwnEarlierObjectForItself() {
    var deleted = owner("digits");
    deleted.setUid("deleted");
    owned(deleted, owner("digits"));
    runs("digits");

    assertThat(owners.join(code(), owner("digits"))).isFalse();
  }

  private void owned(String... names) {
    owned(Stream.of(names).map(SharedOwnersTest::owner).toArray(OwnerReference[]::new));
  }

  private void owned(OwnerReference... all) {
    var object = code().edit().editMetadata().withOwnerReferences(all).endMetadata().build();
    api.put(MAPS + "/" + CODE, Serialization.asJson(object));
  }

  private void runs(String... names) {
    var all = Stream.of(names).map(SharedOwnersTest::run).toList();
    all.forEach(
        one -> api.put(MAPS + "/" + one.getMetadata().getName(), Serialization.asJson(one)));
    api.put(MAPS, Serialization.asJson(new ConfigMapListBuilder().withItems(all).build()));
  }

  private static ConfigMap code() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(CODE)
        .withNamespace("lab")
        .withLabels(Labels.ours("home"))
        .endMetadata()
        .build();
  }

  private static ConfigMap run(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withUid("uid-of-" + name)
        .endMetadata()
        .build();
  }

  private static OwnerReference owner(String name) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("ConfigMap")
        .withName(name)
        .withUid("uid-of-" + name)
        .build();
  }
}

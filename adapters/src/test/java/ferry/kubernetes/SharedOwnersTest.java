package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
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
        .contains("\"uid\": \"second\"");
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
  void whatNoOtherRunHasStaysForTheOneThatMadeIt() {
    owned("second");

    assertThat(owners.join(code(), owner("second"))).isTrue();
    assertThat(api.asked()).doesNotContain(MAPS);
  }

  @Test
  void aRunThatIsBegunAnewDoesNotTakeItsOwnEarlierObjectForItself() {
    owned("digits-run, deleted", "digits-run, anew");
    runs("digits-run, anew");

    assertThat(owners.join(code(), owner("digits-run, anew"))).isFalse();
  }

  private void owned(String... uids) {
    var object =
        code().edit().editMetadata().withOwnerReferences(references(uids)).endMetadata().build();
    api.put(MAPS + "/" + CODE, Serialization.asJson(object));
  }

  private void runs(String... uids) {
    var all =
        Stream.of(uids)
            .map(uid ->
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("digits-run")
                    .withUid(uid)
                    .endMetadata()
                    .build())
            .toList();
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

  private static OwnerReference[] references(String... uids) {
    return Stream.of(uids).map(SharedOwnersTest::owner).toArray(OwnerReference[]::new);
  }

  private static OwnerReference owner(String uid) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("ConfigMap")
        .withName("digits-run")
        .withUid(uid)
        .build();
  }
}

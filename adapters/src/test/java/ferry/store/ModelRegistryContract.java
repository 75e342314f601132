package ferry.store;

import static ferry.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.registry.Model;
import ferry.registry.ModelEvent;
import ferry.registry.ModelRegistry;
import ferry.registry.ModelVersion;
import ferry.registry.Promotions;
import ferry.registry.Rule;
import ferry.registry.Stage;
import ferry.tracking.TrackedId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do with models and their versions. */
abstract class ModelRegistryContract extends StoreContract {

  private ModelRegistry models() {
    return store().models();
  }

  private static Model model(String name) {
    return new Model(name, "reads dígits", NOON, NOON, Map.of("team", "blue"), Map.of());
  }

  private static ModelEvent event(String what) {
    return new ModelEvent(
        "digits", OptionalInt.empty(), NOON, "ada", what, Map.of("why", "it is better"));
  }

  private static ModelVersion version(Optional<TrackedId> run) {
    return new ModelVersion(
        "digits",
        0,
        Stage.NONE,
        "",
        "ada",
        NOON,
        NOON,
        "mlflow-artifacts:/0/a",
        run,
        Optional.empty(),
        Optional.of("m-1"),
        Map.of("kind", "tree"));
  }

  @BeforeEach
  void create() {
    models().create(model("digits"), event("created"));
  }

  private void addTwo() {
    models().add(version(Optional.of(new TrackedId("run"))), event("added"));
    models().add(version(Optional.empty()), event("added"));
  }

  @Test
  void aModelComesBackAsItWasMade() {
    restart();

    assertThat(models().find("digits")).contains(model("digits"));
    assertThat(models().find("Digits")).isEmpty();
    assertThat(models().events("digits")).containsExactly(event("created"));
  }

  @Test
  void aTakenNameIsRefusedAndNothingIsToldOfIt() {
    assertThatThrownBy(() -> models().create(model("digits"), event("again")))
        .isInstanceOfSatisfying(
            UserException.class,
            refused -> assertThat(refused.error()).isInstanceOf(RequestError.Conflict.class));

    assertThat(models().events("digits")).hasSize(1);
  }

  @Test
  void modelsComeByName() {
    models().create(model("b"), event("created"));
    models().create(model("Z"), event("created"));

    assertThat(models().all()).extracting(Model::name).containsExactly("Z", "b", "digits");
  }

  @Test
  void versionsAreCountedAndADeletedOnesNumberIsNotGivenAgain() {
    addTwo();
    models().deleteVersion("digits", 2, event("deleted"));

    var third = models().add(version(Optional.empty()), event("added"));

    assertThat(third.number()).isEqualTo(3);
    assertThat(models().versions("digits"))
        .extracting(ModelVersion::number, ModelVersion::run)
        .containsExactly(tuple(1, Optional.of(new TrackedId("run"))), tuple(3, Optional.empty()));
    assertThatThrownBy(() -> models().deleteVersion("digits", 2, event("deleted")))
        .hasMessageContaining("digits/2");
  }

  @Test
  void anAliasGoesWithItsVersion() {
    addTwo();
    models()
        .change(
            "digits", model -> model.withAlias("champion", 2).withAlias("old", 1), event("named"));

    models().deleteVersion("digits", 2, event("deleted"));

    assertThat(models().find("digits").orElseThrow().aliases()).isEqualTo(Map.of("old", 1));
  }

  @Test
  void aChangeThatIsRefusedHappensInNoPart() {
    assertThatThrownBy(() ->
            models()
                .change(
                    "digits",
                    _ -> {
                      throw new IllegalStateException("not good enough");
                    },
                    event("promoted")))
        .hasMessage("not good enough");

    assertThat(models().events("digits")).hasSize(1);
  }

  @Test
  void versionsChangeTogether() {
    addTwo();

    models()
        .changeVersions(
            "digits",
            version -> version.withStage(version.number() == 2 ? Stage.PRODUCTION : Stage.ARCHIVED),
            event("promoted"));

    assertThat(models().allVersions())
        .extracting(ModelVersion::stage)
        .containsExactly(Stage.ARCHIVED, Stage.PRODUCTION);
  }

  @Test
  void aRenamedModelKeepsItsVersionsAndItsHistory() {
    addTwo();
    models().create(model("other"), event("created"));
    assertThatThrownBy(() -> models().rename("digits", "other", event("renamed")))
        .hasMessageContaining("already exists");

    models().rename("digits", "numbers", event("renamed"));

    assertThat(models().find("digits")).isEmpty();
    assertThat(models().versions("numbers")).hasSize(2);
    assertThat(models().events("numbers")).extracting(ModelEvent::what).startsWith("created");
  }

  @Test
  void aDeletedModelLeavesItsHistory() {
    addTwo();

    models().delete("digits", event("deleted"));

    assertThat(models().all()).isEmpty();
    assertThat(models().allVersions()).isEmpty();
    assertThat(models().events("digits"))
        .extracting(ModelEvent::what)
        .isEqualTo(List.of("created", "added", "added", "deleted"));
  }

  @Test
  void versionsThatAreAddedAtOnceGetNumbersOfTheirOwn() throws Exception {
    var versions =
        Contest.of(8, _ -> models().add(version(Optional.empty()), event("added")).number());

    assertThat(versions).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void aPromotionWhoseRuleCannotBeCheckedIsRefusedAndOnRecord() {
    addTwo();

    var verdict = promote("champion", "val.accuracy > 0.99");

    assertThat(verdict.holds()).isFalse();
    assertThat(models().find("digits").orElseThrow().aliases()).isEmpty();
    assertThat(models().events("digits").getLast())
        .satisfies(event -> {
          assertThat(event.what()).isEqualTo("promotion refused");
          assertThat(event.details())
              .containsEntry("rule", "val.accuracy > 0.99")
              .containsEntry("check", "val.accuracy > 0.99: `val.accuracy` was not measured");
        });
  }

  @Test
  void aPromotionGivesNoAliasThatCannotBeAsked() {
    addTwo();

    assertThatThrownBy(() -> promote("latest", "1 > 0")).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> promote("a b", "1 > 0")).isInstanceOf(UserException.class);

    assertThat(models().find("digits").orElseThrow().aliases()).isEmpty();
  }

  private Rule.Verdict promote(String alias, String rule) {
    return new Promotions(
            models(), store().loggedModels(), store().tracked(), InstantSource.system())
        .promote(
            new Promotions.Request(
                "digits", 2, alias, Optional.of(rule), Optional.of("weekly"), "ada"));
  }
}

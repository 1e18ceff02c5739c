package io.slotcast.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.testkit.history.FinalState.Element;
import io.slotcast.testkit.history.Operation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History();

  // ---- Streams and lists ----

  @Test
  void whatWasAcknowledgedIsThereAndWhatIsUnknownMayBe() {
    append("a", 0, 1, acknowledged("1"));
    append("b", 2, 3, new Outcome.Unknown("no reply"));
    append("c", 2, 3, new Outcome.Unknown("no reply"));
    append("d", 4, 5, acknowledged("3"));
    append("e", 6, 7, new Outcome.Refused("CLUSTERDOWN"));

    assertThat(listOf("a", "c", "d")).isEmpty();
  }

  @Test
  void anAcknowledgedValueThatIsMissingIsFound() {
    append("a", 0, 1, acknowledged("1"));
    append("b", 2, 3, acknowledged("2"));

    assertThat(listOf("a")).singleElement().asString().contains("lost").contains("value=b");
  }

  @Test
  void whereAFailoverMayLoseTheLastOfIt() {
    append("a", 0, 1, acknowledged("1"));
    append("b", 2, 3, acknowledged("2"));

    assertThat(history.violations(Promise.ACKNOWLEDGED_MAY_BE_LOST, held("a"), key -> key))
        .isEmpty();
  }

  @Test
  void aValueThatIsThereTwiceIsFound() {
    append("a", 0, 1, acknowledged("1"));

    assertThat(listOf("a", "a")).anyMatch(violation -> violation.contains("twice"));
  }

  @Test
  void aRefusedValueIsNotThere() {
    append("a", 0, 1, new Outcome.Refused("CLUSTERDOWN"));

    assertThat(listOf("a")).singleElement().asString().contains("refused");
  }

  @Test
  void aValueThatNobodyWroteIsFound() {
    append("a", 0, 1, acknowledged("1"));

    assertThat(listOf("a", "z")).singleElement().asString().contains("nobody wrote");
  }

  @Test
  void aValueThatStandsElsewhereThanItsReplySaidIsFound() {
    append("a", 0, 5, acknowledged("2"));
    append("b", 0, 5, acknowledged("1"));

    assertThat(listOf("a", "b")).hasSize(2).allMatch(violation -> violation.contains("holds it"));
  }

  @Test
  void anAppendThatWasSentAfterAnotherWasAnsweredComesAfterIt() {
    append("a", 2, 3, new Outcome.Unknown("no reply"));
    append("b", 0, 1, acknowledged("2"));

    assertThat(listOf("a", "b")).singleElement().asString().contains("order wrong");
  }

  @Test
  void appendsAtTheSameTimeMayStandInAnyOrder() {
    append("a", 0, 5, acknowledged("2"));
    append("b", 1, 4, acknowledged("1"));

    assertThat(listOf("b", "a")).isEmpty();
  }

  // ---- Registers ----

  @Test
  void aReadGivesTheLastWriteOrOneThatIsUnderWay() {
    set("a", 0, 1, acknowledged("OK"));
    get("a", 2, 3);
    set("b", 4, 10, acknowledged("OK"));
    get("a", 5, 6);
    get("b", 6, 7);
    get("b", 11, 12);

    assertThat(registers()).isEmpty();
  }

  @Test
  void aKeyThatNobodyHasWrittenIsEmpty() {
    get("", 0, 1);
    set("a", 2, 3, acknowledged("OK"));
    get("", 4, 5);

    assertThat(registers()).isNotEmpty();
  }

  @Test
  void aReadOfAnOverwrittenValueIsFound() {
    set("a", 0, 1, acknowledged("OK"));
    set("b", 2, 3, acknowledged("OK"));
    get("a", 4, 5);

    assertThat(registers()).isNotEmpty();
  }

  @Test
  void aReadThatGoesBackIsFoundAlsoIfNobodyKnowsWhetherTheWriteRan() {
    set("a", 0, 1, acknowledged("OK"));
    set("b", 2, 3, new Outcome.Unknown("no reply"));
    get("b", 4, 5);
    get("a", 6, 7);

    assertThat(registers()).isNotEmpty();
  }

  @Test
  void anUnknownWriteMayTakeEffectLateOrNever() {
    set("a", 0, 1, acknowledged("OK"));
    set("b", 2, 3, new Outcome.Unknown("no reply"));
    set("c", 2, 3, new Outcome.Unknown("no reply"));
    get("a", 4, 5);
    get("b", 6, 7);

    assertThat(registers()).isEmpty();
  }

  @Test
  void aReadFromTheFutureOrOfARefusedWriteIsFound() {
    get("a", 0, 1);
    set("a", 2, 3, acknowledged("OK"));
    set("b", 4, 5, new Outcome.Refused("CLUSTERDOWN"));
    get("b", 6, 7);

    assertThat(registers()).hasSize(2);
  }

  // ---- Counters ----

  @Test
  void numbersRiseAndMayHaveHolesOfUnknownRequests() {
    increment("1", "n1", 0, 0, 1);
    history.add(new Operation(Kind.INCR, "k", "", 2, 3, new Outcome.Unknown("no reply")));
    increment("3", "n1", 0, 4, 5);

    assertThat(counter(3)).isEmpty();
  }

  @Test
  void aNumberThatIsGivenTwiceIsFound() {
    increment("1", "n1", 0, 0, 1);
    increment("1", "n2", 0, 0, 1);

    assertThat(counter(1)).singleElement().asString().contains("twice");
  }

  @Test
  void aNumberThatFallsAndOneThatIsLostAreFound() {
    increment("2", "n1", 0, 0, 1);
    increment("1", "n1", 0, 2, 3);

    assertThat(counter(1)).hasSize(2);
  }

  // ---- Owners ----

  @Test
  void anOwnerAfterAnotherHasAHigherEpoch() {
    increment("1", "n1", 7, 0, 1);
    increment("2", "n2", 9, 2, 3);
    increment("3", "n1", 11, 4, 5);

    assertThat(counter(3)).isEmpty();
  }

  @Test
  void anOwnerOfThePastIsFoundEvenIfNothingIsLost() {
    increment("1", "n2", 9, 0, 1);
    increment("2", "n1", 7, 2, 3);

    assertThat(counter(2)).singleElement().asString().contains("owner of the past");
  }

  @Test
  void twoOwnersByOneEpochAreFoundAlsoIfTheyAnswerAtTheSameTime() {
    increment("1", "n1", 7, 0, 5);
    increment("2", "n2", 7, 1, 4);

    assertThat(counter(2)).singleElement().asString().contains("two owners");
  }

  @Test
  void ownersOfDifferentSlotsHaveNothingToDoWithEachOther() {
    add(Kind.INCR, "k", "", 0, 1, new Outcome.Acknowledged("1", "n1", 7));
    add(Kind.INCR, "other", "", 0, 1, new Outcome.Acknowledged("1", "n2", 7));

    FinalState state = new FinalState(Map.of(), Map.of("k", 1L, "other", 1L));
    assertThat(history.violations(Promise.ACKNOWLEDGED_IS_KEPT, state, key -> key)).isEmpty();
  }

  // ---- What the histories are made of ----

  private static Outcome acknowledged(String reply) {
    return new Outcome.Acknowledged(reply, "n1", 0);
  }

  private void add(Kind kind, String key, String value, long begin, long end, Outcome outcome) {
    history.add(new Operation(kind, key, value, begin, end, outcome));
  }

  private void append(String value, long begin, long end, Outcome outcome) {
    add(Kind.RPUSH, "k", value, begin, end, outcome);
  }

  private void set(String value, long begin, long end, Outcome outcome) {
    add(Kind.SET, "k", value, begin, end, outcome);
  }

  private void get(String value, long begin, long end) {
    add(Kind.GET, "k", "", begin, end, acknowledged(value));
  }

  private void increment(String number, String node, long epoch, long begin, long end) {
    add(Kind.INCR, "k", "", begin, end, new Outcome.Acknowledged(number, node, epoch));
  }

  private static FinalState held(String... values) {
    List<Element> elements = new ArrayList<>();
    for (String value : values) {
      elements.add(new Element(Integer.toString(elements.size() + 1), value));
    }
    return new FinalState(Map.of("k", elements), Map.of());
  }

  private List<String> listOf(String... values) {
    return history.violations(Promise.ACKNOWLEDGED_IS_KEPT, held(values), key -> key);
  }

  private List<String> registers() {
    return listOf();
  }

  private List<String> counter(long held) {
    FinalState state = new FinalState(Map.of(), Map.of("k", held));
    return history.violations(Promise.ACKNOWLEDGED_IS_KEPT, state, key -> key);
  }
}

package io.slotcast.broker.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.pubsub.Message;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InterestTableTest {
  private final InterestTable table = new InterestTable();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private boolean wants(String channel) {
    byte[] array = bytes(channel);
    return table.wants(new Message(array, 0, array.length, array.length, 0));
  }

  @Test
  void aPeerThatHasNotSaidAllWantsEverything() {
    long list = table.awaitList();
    table.add(false, bytes("news"));
    assertThat(wants("other")).isTrue();
    table.complete(list);
    assertThat(wants("other")).isFalse();
    assertThat(wants("news")).isTrue();
  }

  @Test
  void aPatternWantsWhatItMatches() {
    table.complete(table.awaitList());
    table.add(true, bytes("n*"));
    assertThat(wants("news")).isTrue();
    assertThat(wants("other")).isFalse();
    table.remove(true, bytes("n*"));
    assertThat(wants("news")).isFalse();
  }

  @Test
  void aChannelAndAPatternOfOneNameAreTwo() {
    table.complete(table.awaitList());
    table.add(false, bytes("n*"));
    table.add(true, bytes("n*"));
    table.remove(false, bytes("n*"));
    assertThat(wants("news")).isTrue();
  }

  @Test
  void theEndOfAListThatWasAskedForEarlierDoesNotCount() {
    long first = table.awaitList();
    table.add(false, bytes("begins the first list"));
    long second = table.awaitList();
    table.add(false, bytes("ends the first list"));
    table.complete(first);
    assertThat(wants("begins the first list")).isTrue();
    table.add(false, bytes("begins the first list"));
    table.complete(second);
    assertThat(wants("begins the first list")).isTrue();
    assertThat(wants("other")).isFalse();
  }

  @Test
  void norDoesOneThatNobodyAsksForAnyMore() {
    long list = table.awaitList();
    table.forget();
    table.complete(list);
    assertThat(wants("anything")).isTrue();
  }
}

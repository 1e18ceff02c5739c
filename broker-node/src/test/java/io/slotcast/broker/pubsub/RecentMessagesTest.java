package io.slotcast.broker.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentMessagesTest {
  private final RecentMessages recent = new RecentMessages();

  @Test
  void messagesComeBackInOrderFromAMomentOn() {
    add("a", "1", 10);
    add("b", "2", 20);
    add("a", "", 30);

    assertThat(since(0)).containsExactly("a:1", "b:2", "a:");
    assertThat(since(20)).containsExactly("b:2", "a:");
    assertThat(since(31)).isEmpty();
  }

  @Test
  void whatIsForgottenIsGoneAndItsRoomIsUsedAgain() {
    for (int i = 0; i < 10_000; i++) {
      recent.forgetBefore(i - 5);
      add("channel", "message " + i, i);
    }

    assertThat(since(0)).hasSize(6).last().isEqualTo("channel:message 9999");
    assertThat(recent.capacity()).isLessThan(2_000);
    recent.forgetBefore(Long.MAX_VALUE);
    assertThat(recent.isEmpty()).isTrue();
    recent.clear();
    assertThat(recent.capacity()).isZero();
  }

  @Test
  void aRandomRunIsRememberedAsAListWouldBe() {
    Random random = new Random(15);
    Deque<String> expected = new ArrayDeque<>();
    Deque<Long> times = new ArrayDeque<>();
    for (long now = 0; now < 3_000; now++) {
      String payload = "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 5_000 : 50));
      add("c", payload, now);
      expected.add("c:" + payload);
      times.add(now);
      if (random.nextInt(7) == 0) {
        long limit = now - random.nextInt(40);
        recent.forgetBefore(limit);
        while (!times.isEmpty() && times.peek() < limit) {
          times.poll();
          expected.poll();
        }
      }
    }

    assertThat(since(0)).containsExactlyElementsOf(expected);
  }

  private void add(String channel, String payload, long now) {
    byte[] bytes = ("#" + channel + payload).getBytes(StandardCharsets.US_ASCII);
    int at = 1 + channel.length();
    recent.add(new Message(bytes, 1, channel.length(), at, payload.length()), now);
  }

  private List<String> since(long millis) {
    List<String> found = new ArrayList<>();
    recent.forEachSince(
        millis,
        message ->
            found.add(
                text(message, message.channelOffset(), message.channelLength())
                    + ":"
                    + text(message, message.payloadOffset(), message.payloadLength())));
    return found;
  }

  private static String text(Message message, int offset, int length) {
    return new String(message.array(), offset, length, StandardCharsets.US_ASCII);
  }
}

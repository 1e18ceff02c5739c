package io.slotcast.membership.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketSealTest {
  private static final byte[] BODY = {1, 2, 3, 4, 5};

  private static final PacketSeal SEAL = new PacketSeal("open sesame");
  private static final PacketSeal FOREIGN = new PacketSeal("open barley");
  private static final PacketSeal OPEN = new PacketSeal("");

  @Test
  void whatIsSealedWithTheSecretIsGood() {
    byte[] packet = new PacketSeal("open sesame").seal(BODY, 1, 3);

    assertThat(SEAL.check(packet)).isEqualTo(PacketSeal.Verdict.GOOD);
    assertThat(Arrays.copyOfRange(packet, SEAL.headerLength(), packet.length))
        .containsExactly(2, 3, 4);
  }

  @Test
  void noBitOfAPacketCanBeChanged() {
    byte[] packet = SEAL.seal(BODY, 0, BODY.length);
    for (int bit = 0; bit < packet.length * 8; bit++) {
      byte[] changed = packet.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(SEAL.check(changed)).isNotEqualTo(PacketSeal.Verdict.GOOD);
    }
  }

  @Test
  void anotherSecretIsTold() {
    byte[] foreign = FOREIGN.seal(BODY, 0, BODY.length);

    assertThat(SEAL.check(foreign)).isEqualTo(PacketSeal.Verdict.OTHER_SECRET);
    assertThat(OPEN.check(foreign)).isEqualTo(PacketSeal.Verdict.SECRET_HERE_MISSING);
    assertThat(SEAL.check(OPEN.seal(BODY, 0, BODY.length))).isEqualTo(PacketSeal.Verdict.NO_SECRET);
    assertThat(OPEN.check(OPEN.seal(BODY, 0, BODY.length))).isEqualTo(PacketSeal.Verdict.GOOD);
  }

  @Test
  void aRefusalIsRecognizedByBothSides() {
    byte[] refusal = FOREIGN.refusal();

    assertThat(PacketSeal.isRefusal(refusal)).isTrue();
    assertThat(PacketSeal.isRefusal(SEAL.seal(BODY, 0, BODY.length))).isFalse();
    assertThat(SEAL.check(refusal)).isEqualTo(PacketSeal.Verdict.OTHER_SECRET);
    assertThat(SEAL.check(SEAL.refusal())).isEqualTo(PacketSeal.Verdict.GOOD);
  }

  @Test
  void anyBytesAreTaken() {
    Random random = new Random(5);
    for (int length = 0; length < 200; length++) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      assertThat(SEAL.check(noise)).isNotEqualTo(PacketSeal.Verdict.GOOD);
    }
  }
}

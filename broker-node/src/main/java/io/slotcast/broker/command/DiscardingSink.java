package io.slotcast.broker.command;

import io.slotcast.broker.resp.ByteSink;

/** Takes the replies of a client that wants none; one for each loop. */
final class DiscardingSink extends ByteSink {
  DiscardingSink() {
    super(new byte[64]);
  }

  @Override
  protected void makeRoom(int length) {
    position = 0;
    if (array.length < length) {
      array = new byte[length];
    }
  }

  @Override
  public void write(byte[] source, int offset, int length) {}
}

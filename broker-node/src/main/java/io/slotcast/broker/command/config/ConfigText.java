package io.slotcast.broker.command.config;

import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Names and values of directives are text. */
final class ConfigText {
  private ConfigText() {}

  /**
   * @throws CommandException if the argument is not UTF-8
   */
  static String decode(Request request, int i) {
    ByteBuffer bytes = ByteBuffer.wrap(request.array(), request.offset(i), request.length(i));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new CommandException("ERR directives are UTF-8 text");
    }
  }
}

package io.slotcast.broker.command.cluster;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.LaterReply;
import io.slotcast.broker.migration.SlotOwners;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The reply to a command that the voters have to agree with. */
final class AgreedReply {
  private AgreedReply() {}

  /** Replies OK when the stage completes, or with the error that it fails with. */
  static void ok(Call call, CompletionStage<?> stage) {
    after(call, stage, LaterReply::ok);
  }

  /** As {@link #ok}, with another reply. */
  static void after(Call call, CompletionStage<?> stage, Consumer<LaterReply> success) {
    LaterReply reply = call.replyLater();
    stage.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            success.accept(reply);
          } else {
            reply.error("ERR " + SlotOwners.text(failure));
          }
        });
  }
}

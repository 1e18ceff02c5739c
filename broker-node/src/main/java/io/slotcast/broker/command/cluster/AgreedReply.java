package io.slotcast.broker.command.cluster;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.LaterReply;
import io.slotcast.broker.migration.SlotOwners;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The reply to a command that the voters have to agree with. Nothing is proposed for a call whose
 * reply cannot wait.
 */
final class AgreedReply {
  private AgreedReply() {}

  /**
   * Proposes, and replies OK when the stage completes, or with the error that it fails with.
   *
   * @throws CommandException within a transaction
   */
  static void ok(Call call, Supplier<? extends CompletionStage<?>> proposal) {
    after(call, proposal, LaterReply::ok);
  }

  /** As {@link #ok}, with another reply. */
  static void after(
      Call call, Supplier<? extends CompletionStage<?>> proposal, Consumer<LaterReply> success) {
    LaterReply reply = call.replyLater();
    proposal
        .get()
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                success.accept(reply);
              } else {
                reply.error("ERR " + SlotOwners.text(failure));
              }
            });
  }
}

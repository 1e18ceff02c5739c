package io.slotcast.broker.command.info;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;
import java.util.List;
import java.util.Locale;

/** INFO [section …]: sections always stand in the same order, and unknown ones are no error. */
final class Info implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("info", -1)
          .flags(LOADING, STALE)
          .categories(AclCategory.DANGEROUS)
          .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
          .doc("server", "1.0.0", "Tells the state of this node.")
          .arguments(Argument.of("section", Type.STRING).asOptional().asMultiple())
          .build();

  private final List<InfoSection> sections;

  Info(List<InfoSection> sections) {
    this.sections = sections;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    InfoLines lines = new InfoLines();
    for (InfoSection section : sections) {
      if (isWanted(section, call.request())) {
        lines.heading(section.title());
        section.write(lines, call);
      }
    }
    call.reply().verbatim("txt", lines.toBytes());
  }

  private static boolean isWanted(InfoSection section, Request request) {
    if (request.count() == 1) {
      return section.shown() != InfoSection.Shown.WITH_ALL;
    }
    for (int i = 1; i < request.count(); i++) {
      String wanted = request.text(i).toLowerCase(Locale.ROOT);
      boolean shown =
          switch (wanted) {
            case "default" -> section.shown() != InfoSection.Shown.WITH_ALL;
            case "all" -> section.shown() != InfoSection.Shown.NOT_WITH_ALL;
            case "everything" -> true;
            default -> section.title().toLowerCase(Locale.ROOT).equals(wanted);
          };
      if (shown) {
        return true;
      }
    }
    return false;
  }
}

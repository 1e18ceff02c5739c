package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;

/** There are no modules. */
final class ModulesSection implements InfoSection {
  @Override
  public String title() {
    return "Modules";
  }

  @Override
  public Shown shown() {
    return Shown.NOT_WITH_ALL;
  }

  @Override
  public void write(InfoLines lines, Call call) {}
}

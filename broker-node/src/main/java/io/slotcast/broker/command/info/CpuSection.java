package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;

/** The processor time of this process, in seconds. */
final class CpuSection implements InfoSection {
  private final ProcessUsage process;

  CpuSection(ProcessUsage process) {
    this.process = process;
  }

  @Override
  public String title() {
    return "CPU";
  }

  @Override
  public Shown shown() {
    return Shown.BY_DEFAULT;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    ProcessUsage.Cpu cpu = process.cpu();
    lines.field("used_cpu_sys", InfoLines.decimal(cpu.system(), 6));
    lines.field("used_cpu_user", InfoLines.decimal(cpu.user(), 6));
    lines.field("used_cpu_sys_children", InfoLines.decimal(0, 6));
    lines.field("used_cpu_user_children", InfoLines.decimal(0, 6));
  }
}

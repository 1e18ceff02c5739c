package io.slotcast.broker.bench;

import java.util.ArrayList;
import java.util.List;

/** The cells of a benchmark: each combination of what is varied. */
public record FanoutMatrix(
    List<FanoutMode> modes,
    List<Placement> placements,
    List<Integer> channels,
    List<Integer> subscribers,
    List<Integer> payloads,
    List<Long> rates,
    int publishers,
    int pipeline) {

  /** One cell for each combination, but a shard channel's subscribers have only one placement. */
  public List<FanoutCell> cells() {
    List<FanoutCell> cells = new ArrayList<>();
    for (FanoutMode mode : modes) {
      for (Placement placement : placements(mode)) {
        for (int channel : channels) {
          for (int subscriber : subscribers) {
            for (int payload : payloads) {
              for (long rate : rates) {
                cells.add(
                    new FanoutCell(
                        mode, placement, channel, subscriber, publishers, pipeline, payload, rate));
              }
            }
          }
        }
      }
    }
    return cells;
  }

  private List<Placement> placements(FanoutMode mode) {
    return mode == FanoutMode.SHARDED ? List.of(Placement.TOGETHER) : placements;
  }
}

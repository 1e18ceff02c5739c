package io.slotcast.broker.admin;

import static io.slotcast.broker.admin.Metric.counter;
import static io.slotcast.broker.admin.Metric.gauge;

import io.slotcast.broker.peer.FrameKind;
import io.slotcast.broker.peer.LinkCounters;
import io.slotcast.broker.peer.PeerLink;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The links to other nodes. A peer is named by its node id. */
final class PeerMetrics {
  private static final List<String> BY_PEER = List.of("peer");
  private static final List<String> BY_PEER_AND_KIND = List.of("peer", "kind");

  private PeerMetrics() {}

  static MetricGroup group() {
    return new MetricGroup(
        "Links to other nodes",
        List.of(
            gauge(
                "slotcast_peer_info",
                "Always 1; its labels tie a peer to the address by which it is called.",
                List.of("peer", "address"),
                (node, into) -> {
                  for (PeerLink link : node.peers().links()) {
                    into.add(
                        1, link.peer().hex(), link.address().host() + ":" + link.address().port());
                  }
                }),
            gauge(
                "slotcast_peer_link_up",
                "Whether the link is connected: 1 or 0.",
                BY_PEER,
                byPeer(link -> link.isUp() ? 1 : 0)),
            gauge(
                "slotcast_peer_round_trip_seconds",
                "How long the last sign of life took there and back; absent before the first.",
                BY_PEER,
                (node, into) -> {
                  for (PeerLink link : node.peers().links()) {
                    if (link.roundTripNanos() > 0) {
                      into.add(link.roundTripNanos() / 1e9, link.peer().hex());
                    }
                  }
                }),
            gauge(
                "slotcast_peer_queued_bytes",
                "Bytes that wait to be sent.",
                BY_PEER,
                byPeer(PeerLink::queuedBytes)),
            counter(
                "slotcast_peer_sent_frames_total",
                "Frames sent, by what they carry; a kind is absent before its first.",
                BY_PEER_AND_KIND,
                byKind(LinkCounters::sent, LinkCounters.Flow::frames)),
            counter(
                "slotcast_peer_sent_bytes_total",
                "Bytes sent, frame headers included.",
                BY_PEER_AND_KIND,
                byKind(LinkCounters::sent, LinkCounters.Flow::bytes)),
            counter(
                "slotcast_peer_received_frames_total",
                "Frames received, by what they carry.",
                BY_PEER_AND_KIND,
                byKind(LinkCounters::received, LinkCounters.Flow::frames)),
            counter(
                "slotcast_peer_received_bytes_total",
                "Bytes received, frame headers included.",
                BY_PEER_AND_KIND,
                byKind(LinkCounters::received, LinkCounters.Flow::bytes)),
            counter(
                "slotcast_peer_dropped_frames_total",
                "Frames that were not sent since too much waited already.",
                BY_PEER,
                byPeer(link -> link.counters().dropped().frames())),
            counter(
                "slotcast_peer_dropped_bytes_total",
                "Bytes of the frames that were not sent.",
                BY_PEER,
                byPeer(link -> link.counters().dropped().bytes()))));
  }

  private static Metric.Reading byPeer(ToDoubleFunction<PeerLink> value) {
    return (node, into) -> {
      for (PeerLink link : node.peers().links()) {
        into.add(value.applyAsDouble(link), link.peer().hex());
      }
    };
  }

  private static Metric.Reading byKind(
      BiFunction<LinkCounters, FrameKind, LinkCounters.Flow> direction,
      ToLongFunction<LinkCounters.Flow> value) {
    return (node, into) -> {
      for (PeerLink link : node.peers().links()) {
        for (FrameKind kind : FrameKind.values()) {
          LinkCounters.Flow flow = direction.apply(link.counters(), kind);
          if (flow.frames() > 0) {
            into.add(
                value.applyAsLong(flow), link.peer().hex(), kind.name().toLowerCase(Locale.ROOT));
          }
        }
      }
    };
  }
}

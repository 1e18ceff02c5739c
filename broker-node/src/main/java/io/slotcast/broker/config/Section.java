package io.slotcast.broker.config;

/** Where a directive stands in the documentation, and with that what sort of directive it is. */
public enum Section {
  NETWORK("Network and connections"),
  TLS("TLS on the client port"),
  LOGGING("Data folder and logs"),
  LIMITS("Limits and memory"),
  PERSISTENCE("Snapshots and the journal"),
  CLUSTER("Cluster"),
  OBSERVATION("Observation"),
  OWN("Slotcast's own"),
  KEPT_FOR_TOOLS("Kept for tools, without effect");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}

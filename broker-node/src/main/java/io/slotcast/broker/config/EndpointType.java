package io.slotcast.broker.config;

/** What a redirect and CLUSTER SLOTS name a node by. */
public enum EndpointType {
  IP,
  HOSTNAME,
  UNKNOWN_ENDPOINT
}

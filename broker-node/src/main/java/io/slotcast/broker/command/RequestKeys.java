package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;
import io.slotcast.router.Keys;
import io.slotcast.router.SlotHash;
import java.util.Arrays;

/** The keys of a request as the router sees them. Filled again for each request of a loop. */
final class RequestKeys implements Keys {
  private final KeyPresence presence;
  private Request request = Request.of();
  private int[] places = new int[0];
  private int count;
  private int firstSlot;

  /** Whether a key is stored here; asked for slots under way. */
  interface KeyPresence {
    boolean isPresent(int slot, byte[] array, int offset, int length);
  }

  RequestKeys(KeyPresence presence) {
    this.presence = presence;
  }

  void fill(KeyFinder finder, Request newRequest) {
    request = newRequest;
    int only = finder.onlyKey();
    if (only >= 0) {
      count = only < newRequest.count() ? 1 : 0;
      if (places.length == 0) {
        places = new int[1];
      }
      places[0] = only;
    } else {
      places = finder.find(newRequest);
      count = places.length;
    }
    firstSlot = count == 0 ? -1 : slotAt(places[0]);
  }

  private int slotAt(int place) {
    return SlotHash.slotOf(request.array(), request.offset(place), request.length(place));
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int slot(int i) {
    return i == 0 ? firstSlot : slotAt(places[i]);
  }

  @Override
  public boolean isFirstAgain(int i) {
    int first = places[0];
    int place = places[i];
    byte[] array = request.array();
    return Arrays.equals(
        array,
        request.offset(first),
        request.offset(first) + request.length(first),
        array,
        request.offset(place),
        request.offset(place) + request.length(place));
  }

  @Override
  public boolean isPresent(int i) {
    int place = places[i];
    return presence.isPresent(
        firstSlot, request.array(), request.offset(place), request.length(place));
  }
}

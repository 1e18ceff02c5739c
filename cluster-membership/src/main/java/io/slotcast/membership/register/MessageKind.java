package io.slotcast.membership.register;

/** What a message on the wire is. */
enum MessageKind {
  PREPARE(1),
  PROMISE(2),
  ACCEPT(3),
  ACCEPTED(4),
  REFUSED(5),
  COMMITTED(6),
  LEASE_REQUEST(7),
  LEASE_GRANTED(8),
  LEASE_REFUSED(9),
  LEASE_RELEASED(10);

  /** What stands for this kind on the wire. */
  final int code;

  MessageKind(int code) {
    this.code = code;
  }

  static MessageKind of(Message message) {
    return switch (message) {
      case Message.Prepare prepare -> PREPARE;
      case Message.Promise promise -> PROMISE;
      case Message.Accept accept -> ACCEPT;
      case Message.Accepted accepted -> ACCEPTED;
      case Message.Refused refused -> REFUSED;
      case Message.Committed committed -> COMMITTED;
      case Message.LeaseRequest request -> LEASE_REQUEST;
      case Message.LeaseGranted granted -> LEASE_GRANTED;
      case Message.LeaseRefused refused -> LEASE_REFUSED;
      case Message.LeaseReleased released -> LEASE_RELEASED;
    };
  }
}

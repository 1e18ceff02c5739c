package io.slotcast.broker.keyspace;

import java.util.Locale;

/** What can happen to a key, by Redis' names; {@code notify-keyspace-events} has them published. */
public enum KeyEvent {
  // Strings.
  SET('$', "set"),
  SETRANGE('$', "setrange"),
  APPEND('$', "append"),
  INCRBY('$', "incrby"),
  INCRBYFLOAT('$', "incrbyfloat"),
  // Any type.
  DEL('g', "del"),
  EXPIRE('g', "expire"),
  PERSIST('g', "persist"),
  RENAME_FROM('g', "rename_from"),
  RENAME_TO('g', "rename_to"),
  COPY_TO('g', "copy_to"),
  RESTORE('g', "restore"),
  SORTSTORE('g', "sortstore"),
  // Lists.
  LPUSH('l', "lpush"),
  RPUSH('l', "rpush"),
  LPOP('l', "lpop"),
  RPOP('l', "rpop"),
  LINSERT('l', "linsert"),
  LSET('l', "lset"),
  LREM('l', "lrem"),
  LTRIM('l', "ltrim"),
  // Sets.
  SADD('s', "sadd"),
  SREM('s', "srem"),
  SPOP('s', "spop"),
  SINTERSTORE('s', "sinterstore"),
  SUNIONSTORE('s', "sunionstore"),
  SDIFFSTORE('s', "sdiffstore"),
  // Hashes.
  HSET('h', "hset"),
  HDEL('h', "hdel"),
  HINCRBY('h', "hincrby"),
  HINCRBYFLOAT('h', "hincrbyfloat"),
  HEXPIRE('h', "hexpire"),
  HEXPIRED('h', "hexpired"),
  HPERSIST('h', "hpersist"),
  // Sorted sets.
  ZADD('z', "zadd"),
  ZINCR('z', "zincr"),
  ZREM('z', "zrem"),
  ZREMRANGEBYRANK('z', "zremrangebyrank"),
  ZREMRANGEBYSCORE('z', "zremrangebyscore"),
  ZREMRANGEBYLEX('z', "zremrangebylex"),
  ZPOPMIN('z', "zpopmin"),
  ZPOPMAX('z', "zpopmax"),
  ZRANGESTORE('z', "zrangestore"),
  ZUNIONSTORE('z', "zunionstore"),
  ZINTERSTORE('z', "zinterstore"),
  ZDIFFSTORE('z', "zdiffstore"),
  // Streams.
  XADD('t', "xadd"),
  XTRIM('t', "xtrim"),
  XDEL('t', "xdel"),
  XSETID('t', "xsetid"),
  XGROUP_CREATE('t', "xgroup-create"),
  XGROUP_CREATECONSUMER('t', "xgroup-createconsumer"),
  XGROUP_DELCONSUMER('t', "xgroup-delconsumer"),
  XGROUP_DESTROY('t', "xgroup-destroy"),
  XGROUP_SETID('t', "xgroup-setid"),
  // What nobody asked for.
  EXPIRED('x', "expired"),
  EVICTED('e', "evicted"),
  // A key that was not there.
  NEW('n', "new"),
  // A key that is not there.
  KEYMISS('m', "keymiss");

  private final char group;
  private final String text;

  KeyEvent(char group, String text) {
    this.group = group;
    this.text = text;
  }

  /** The event named as the command that causes it, such as {@code zunionstore}. */
  public static KeyEvent of(String command) {
    return valueOf(command.toUpperCase(Locale.ROOT));
  }

  /** Its letter in {@code notify-keyspace-events}. */
  public char group() {
    return group;
  }

  /** Its name as it is published, in ASCII. */
  public String text() {
    return text;
  }
}

package io.slotcast.broker.keyspace.rdb;

/**
 * What modules of Redis write into a file, of which no more can be told than whose it is: numbers
 * and strings, each behind a length that says which it is. Source: {@code module.c}.
 */
final class ModuleData {
  /** The type of a key whose value is a module's. */
  static final int VALUE = 7;

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final int NAME_LENGTH = 9;

  private ModuleData() {}

  /** Skips what a module keeps beside its keys; returns the module's name. */
  static String skip(RdbReader in) {
    String module = name(in.length());
    while (true) {
      int what = (int) in.length();
      switch (what) {
        case 0 -> {
          return module;
        }
        case 1, 2 -> in.length();
        case 3 -> in.unsigned(4);
        case 4 -> in.unsigned(8);
        case 5 -> in.string();
        default -> throw new RdbException("not the data of a module");
      }
    }
  }

  /** The name in a module's id: six bits a letter, above ten bits of a version. */
  static String name(long id) {
    StringBuilder name = new StringBuilder(NAME_LENGTH);
    for (int i = NAME_LENGTH - 1; i >= 0; i--) {
      name.append(ALPHABET.charAt((int) (id >>> (10 + 6 * i)) & 63));
    }
    return name.toString();
  }
}

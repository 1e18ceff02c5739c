package io.slotcast.broker.replication;

/** What ends with a piece of a slot's image. */
enum ImagePiece {
  /** Nothing: the part goes on. */
  WITHIN(0),
  /** A part, which can be loaded; another one follows. */
  ENDS_PART(1),
  /** The last part, and with it the image. */
  ENDS_IMAGE(2);

  private final int code;

  ImagePiece(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ImagePiece of(int code) {
    return switch (code) {
      case 0 -> WITHIN;
      case 1 -> ENDS_PART;
      case 2 -> ENDS_IMAGE;
      default -> throw new IllegalArgumentException("no piece of an image: " + code);
    };
  }
}

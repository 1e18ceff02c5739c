package io.slotcast.it.oracle;

import java.util.regex.Pattern;

/**
 * What a RESP3 reply is to a RESP2 client: pushes, sets and maps are arrays, a null is a null bulk
 * string, or a null array where it is written {@code _*}, a boolean a number, a double and a
 * verbatim string are bulk strings. Takes and gives {@link Notation}; a bulk string of one {@code
 * _} would be mistaken for a null.
 */
final class ReplyForm {
  private static final Pattern MAP = Pattern.compile("(^|\\|)%([0-9]+)(?=\\|)");
  private static final Pattern ARRAY = Pattern.compile("(^|\\|)[>~](?=[0-9])");
  private static final Pattern NIL = Pattern.compile("(^|\\|)_(?=\\|)");
  private static final Pattern NIL_ARRAY = Pattern.compile("(^|\\|)_\\*(?=\\|)");
  private static final Pattern DOUBLE = Pattern.compile("(^|\\|),([^|]+)(?=\\|)");
  private static final Pattern TRUE = Pattern.compile("(^|\\|)#t(?=\\|)");
  private static final Pattern FALSE = Pattern.compile("(^|\\|)#f(?=\\|)");

  private static final Pattern VERBATIM = Pattern.compile("(^|\\|)=([0-9]+)\\|(?:txt|mkd):");

  private ReplyForm() {}

  static String ofResp3(String resp3) {
    return NIL_ARRAY.matcher(resp3).replaceAll("$1_");
  }

  static String ofResp2(String resp3) {
    String text =
        MAP.matcher(resp3)
            .replaceAll(map -> map.group(1) + '*' + 2 * Integer.parseInt(map.group(2)));
    text = ARRAY.matcher(text).replaceAll("$1*");
    text = NIL.matcher(text).replaceAll("$1\\$-1");
    text = NIL_ARRAY.matcher(text).replaceAll("$1*-1");
    text =
        DOUBLE
            .matcher(text)
            .replaceAll(
                number ->
                    number.group(1) + "\\$" + number.group(2).length() + "|" + number.group(2));
    text = TRUE.matcher(text).replaceAll("$1:1");
    text = FALSE.matcher(text).replaceAll("$1:0");
    return VERBATIM
        .matcher(text)
        .replaceAll(bulk -> bulk.group(1) + "\\$" + (Integer.parseInt(bulk.group(2)) - 4) + "|");
  }
}

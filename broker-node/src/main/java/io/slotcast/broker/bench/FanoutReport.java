package io.slotcast.broker.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of {@code bench fanout} leaves in its folder.
 *
 * @param format of {@link #JSON}: {@value #FORMAT}
 * @param began in UTC, as ISO 8601
 * @param machine processors, system and Java
 * @param results in the order in which they were measured
 */
public record FanoutReport(
    @Nullable String format, String began, String machine, List<FanoutResult> results) {
  public static final String FORMAT = "slotcast-bench-fanout-1";
  public static final String JSON = "results.json";
  private static final String CSV = "results.csv";
  private static final String HTML = "report.html";
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Writes the report into a folder, which is made. */
  public void write(Path folder) throws BenchException {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(JSON), GSON.toJson(this) + "\n");
      Files.writeString(folder.resolve(CSV), FanoutTable.csv(results));
      Files.writeString(folder.resolve(HTML), FanoutPage.of(this));
    } catch (IOException e) {
      throw new BenchException("results cannot be written to " + folder + ": " + e, e);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static FanoutReport read(Path json) throws BenchException {
    try {
      FanoutReport report = GSON.fromJson(Files.readString(json), FanoutReport.class);
      if (report == null || !FORMAT.equals(report.format())) {
        throw new BenchException(json + " is no result of slotcast bench fanout");
      }
      return report;
    } catch (IOException e) {
      throw new BenchException(json + " cannot be read: " + e.getMessage(), e);
    } catch (JsonParseException e) {
      throw new BenchException(json + " is no result of slotcast bench fanout", e);
    }
  }
}

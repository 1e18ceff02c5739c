package io.slotcast.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.SingleNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The admin port as an HTTP server. */
class AdminServerTest {
  private static final List<String> PATHS = List.of("/metrics", "/health/live", "/health/ready");

  private static SingleNode node;
  private static AdminClient admin;

  @BeforeAll
  static void start() {
    node = SingleNode.start("--requirepass", "a-secret-word", "--cluster-secret", "another-secret");
    admin = new AdminClient(node.adminPort());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void metricsAreTextForPrometheus() {
    HttpResponse<String> answer = admin.get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body()).endsWith("\n");
  }

  @Test
  void metricsAreOpenMetricsWhereThatIsAskedFor() {
    HttpResponse<String> answer =
        admin.get(
            "/metrics", "Accept", "application/openmetrics-text;version=1.0.0;q=0.9,*/*;q=0.1");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void aNodeThatRunsIsLive() {
    HttpResponse<String> answer = admin.get("/health/live");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).isEqualTo("{\"status\":\"live\"}\n");
  }

  @Test
  void headAnswersAsGetWithoutABody() {
    for (String path : PATHS) {
      HttpResponse<String> head = admin.send("HEAD", path);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("Content-Length")).isPresent();
      assertThat(head.headers().firstValue("Content-Type"))
          .isEqualTo(admin.get(path).headers().firstValue("Content-Type"));
    }
  }

  @Test
  void otherPathsAreNotFound() {
    for (String path : List.of("/", "/metrics/", "/metricsx", "/health", "/health/ready/x")) {
      assertThat(admin.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void otherMethodsAreNotAllowed() {
    for (String path : PATHS) {
      HttpResponse<String> answer = admin.send("POST", path);
      assertThat(answer.statusCode()).as(path).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
  }

  @Test
  void aRequestWithoutEndIsCutOff() throws IOException {
    byte[] filler = new byte[64 * 1024];
    Arrays.fill(filler, (byte) 'a');
    assertThat(admin.sendRaw("GET /", filler, 1_000)).doesNotContain("200 OK");
    assertThat(admin.sendRaw("GET /metrics HTTP/1.1\r\nX: ", filler, 1_000))
        .doesNotContain("200 OK");
    assertThat(admin.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyIsNotRead() throws IOException {
    byte[] filler = new byte[64 * 1024];
    String answer =
        admin.sendRaw(
            "GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 65536000\r\n\r\n",
            filler,
            1_000);
    assertThat(answer)
        .satisfiesAnyOf(
            closed -> assertThat(closed).isEmpty(),
            answered -> assertThat(answered).startsWith("HTTP/1.1 200 OK"));
    assertThat(admin.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void noSecretIsTold() {
    for (String path : PATHS) {
      assertThat(admin.get(path).body()).doesNotContain("secret");
    }
  }
}

package ferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTextsTest {

  @Test
  void aValueOfSeveralLinesIsHiddenWholeAndLineByLine() {
    var texts = new SecretTexts(Map.of("first line\r\nsecond line\r\n", "KEY"));

    assertThat(texts.masked("<first line\r\nsecond line>")).isEqualTo("<***>");
    assertThat(texts.masked("second line, then first line")).isEqualTo("***, then ***");
    assertThat(texts.masked("echo: first line second line ")).isEqualTo("echo: *** ");
    assertThat(texts.masked("{\"key\": \"first line\\r\\nsecond line\"}"))
        .isEqualTo("{\"key\": \"***\"}");
  }

  @Test
  void linesThatAreTooShortAreHiddenTogether() {
    var texts = new SecretTexts(Map.of("a1\nb2\nc3", "KEY"));

    assertThat(texts.masked("a1\nb2\nc3")).isEqualTo("***");
    assertThat(texts.masked("a1 b2 c3")).isEqualTo("***");
    assertThat(texts.masked("a1 is short")).isEqualTo("a1 is short");
  }

  @Test
  void aValueIsHiddenAsAnUnquotedEchoAndATracingShellAndJsonPrintIt() {
    var texts = new SecretTexts(Map.of("it's  \"mine\"", "KEY"));

    assertThat(texts.masked("it's \"mine\"")).isEqualTo("***");
    assertThat(texts.masked("+ echo 'it'\\''s  \"mine\"'")).isEqualTo("+ echo '***'");
    assertThat(texts.masked("it's  \\\"mine\\\"")).isEqualTo("***");
    assertThat(texts.masked("{'KEY': 'it\\'s  \"mine\"'}")).isEqualTo("{'KEY': '***'}");
  }

  @Test
  void whatIsFoundIsToldByItsVariable() {
    var texts = new SecretTexts(Map.of("swordfish", "PASSWORD", "open sesame", "TOKEN"));

    assertThat(texts.in("a=1\nb=open sesame").orElseThrow())
        .isEqualTo(new SecretTexts.Found("TOKEN", 6));
    assertThat(texts.in("fish")).isEmpty();
  }
}

package ferry.tracking;

import ferry.backend.Plan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is true of a run of Ferry before anything in it has logged: its parameters, and as tags what
 * ran, where, and which code it was.
 */
public record RunFacts(Map<String, String> params, Map<String, String> tags) {
  private static final int LONGEST_PARAM = 6000;
  private static final int LONGEST_TAG = 5000;

  public static RunFacts of(Plan plan) {
    var params = new LinkedHashMap<String, String>();
    plan.workflow().params().forEach((name, value) -> params.put(name, cut(value, LONGEST_PARAM)));
    var tags = new LinkedHashMap<String, String>();
    tags.put("ferry.workflow", plan.workflow().name());
    tags.put("ferry.backend", plan.backend());
    tags.put("ferry.command", plan.origin().file().orElse(plan.origin().text()));
    tags.put("ferry.directory", plan.place().directory());
    tags.put("ferry.host", plan.place().host());
    var code = plan.code();
    code.snapshot().ifPresent(hash -> tags.put("ferry.code.snapshot", hash));
    code.commit().ifPresent(commit -> tags.put("ferry.code.commit", commit));
    code.commit().ifPresent(_ -> tags.put("ferry.code.dirty", Boolean.toString(code.dirty())));
    plan.origin().parent().ifPresent(parent -> tags.put("ferry.parent", parent.value()));
    tags.replaceAll((_, value) -> cut(value, LONGEST_TAG));
    return new RunFacts(params, tags);
  }

  private static String cut(String value, int longest) {
    return value.length() <= longest ? value : value.substring(0, longest - 1) + "…";
  }
}

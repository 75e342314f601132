package ferry.kubernetes;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.BiConsumer;

/**
 * Takes what a watch sees of objects of one kind.
 *
 * @param seen told of an object as it is now, or as it was last, and whether it is gone
 */
public record SeenHandler<T>(BiConsumer<T, Boolean> seen) implements ResourceEventHandler<T> {
  @Override
  public void onAdd(T object) {
    seen.accept(object, false);
  }

  @Override
  public void onUpdate(T before, T object) {
    seen.accept(object, false);
  }

  @Override
  public void onDelete(T object, boolean unknown) {
    seen.accept(object, true);
  }
}

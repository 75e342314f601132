package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Takes what a watch sees of objects of one kind. What is kept of them loses the notes on who
 * manages which field: they are most of an object, and nobody here reads them.
 *
 * @param seen told of an object as it is now, or as it was last, and whether it is gone
 */
public record SeenHandler<T extends HasMetadata>(BiConsumer<T, Boolean> seen)
    implements ResourceEventHandler<T> {
  @Override
  public void onAdd(T object) {
    tell(object, false);
  }

  @Override
  public void onUpdate(T before, T object) {
    tell(object, false);
  }

  @Override
  public void onDelete(T object, boolean unknown) {
    tell(object, true);
  }

  private void tell(T object, boolean isGone) {
    object.getMetadata().setManagedFields(List.of());
    seen.accept(object, isGone);
  }
}

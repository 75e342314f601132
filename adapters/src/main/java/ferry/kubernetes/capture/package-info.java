/**
 * What a step takes from the Pod that a command was typed in. {@link
 * ferry.kubernetes.capture.Inside} reads what a process can see of its own container, {@link
 * ferry.kubernetes.capture.Notebook} is that Pod with its container, and {@link
 * ferry.kubernetes.capture.Captured} the template of a step's Pod that comes of it, with everything
 * that was left behind and why.
 */
@NullMarked
package ferry.kubernetes.capture;

import org.jspecify.annotations.NullMarked;

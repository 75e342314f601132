package ferry.workflow;

/**
 * Names a secret value without holding it.
 *
 * @param secret the secret's name: a Kubernetes Secret, or on this machine a section of the secrets
 *     file
 * @param key the key in it
 */
public record SecretRef(String secret, String key) {}

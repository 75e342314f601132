package ferry.kubernetes.capture;

import java.util.Set;
import java.util.regex.Pattern;

/** What is known of variables by their names. */
final class KnownNames {
  /** Of the hub, and yet a plain fact that scripts ask for. */
  private static final Set<String> HUBS_FACTS = Set.of("JUPYTERHUB_USER");

  /** Where programs and packages are, which ones are in use, and how text is read. */
  private static final Pattern TRAVELS =
      Pattern.compile(
          "PATH|HOME|USER|LOGNAME|SHELL|TZ|LANG|LANGUAGE|LC_[A-Z]+|VIRTUAL_ENV|LD_LIBRARY_PATH"
              + "|CONDA_(PREFIX|DEFAULT_ENV|SHLVL|EXE|PYTHON_EXE)|CONDA_DIR|MAMBA_(EXE|ROOT_PREFIX)"
              + "|PYENV_(ROOT|VERSION)|POETRY_ACTIVE|PIPENV_ACTIVE"
              + "|PYTHON(PATH|HOME|STARTUP|HASHSEED|UNBUFFERED|DONTWRITEBYTECODE|UTF8|IOENCODING"
              + "|WARNINGS|USERBASE|NOUSERSITE|FAULTHANDLER|MALLOC|PYCACHEPREFIX)"
              + "|XDG_(CACHE|CONFIG|DATA|STATE)_HOME|(OMP|MKL|OPENBLAS|NUMEXPR)_NUM_THREADS"
              + "|CUDA_HOME|CUDA_PATH|R_LIBS(_USER)?|JULIA_DEPOT_PATH|JAVA_HOME"
              + "|HF_HOME|HF_DATASETS_CACHE|HF_HUB_CACHE|TRANSFORMERS_CACHE|TORCH_HOME|KERAS_HOME"
              + "|TFHUB_CACHE_DIR|NLTK_DATA|SCIKIT_LEARN_DATA");

  /** What shells, kernels, terminals and the cluster set for themselves. */
  private static final Pattern NOISE =
      Pattern.compile(
          "_|PWD|OLDPWD|SHLVL|HOSTNAME|HOST|TERM.*|COLORTERM|COLUMNS|LINES|PS[0-4]|LS_COLORS|LS_OPTIONS"
              + "|.*PAGER|CLICOLOR.*|FORCE_COLOR|NO_COLOR|EDITOR|VISUAL|DISPLAY|MPLBACKEND|MAIL|TMPDIR"
              + "|DEBIAN_FRONTEND|PYDEVD_.*|JPY_.*|JUPYTER.*|IPY.*|KERNEL_.*|VSCODE_.*|SSH_.*|SUDO_.*"
              + "|NB_.*|VIRTUAL_ENV_PROMPT|CONDA_.*|_CE_.*|LESS.*|XDG_.*|FERRY_.*|ferry_.*|GPG_KEY"
              + "|KUBERNETES_.*|.*_SERVICE_(HOST|PORT.*)|.*_PORT(_[0-9]+_(TCP|UDP).*)?");

  private KnownNames() {}

  /** Whether a variable belongs to the notebook's server and its hub, tokens and all. */
  static boolean isHubs(String name) {
    return !HUBS_FACTS.contains(name)
        && (name.startsWith("JUPYTERHUB_") || name.equals("JPY_API_TOKEN"));
  }

  /** Whether what the shell says of it is carried to steps. */
  static boolean travels(String name) {
    return TRAVELS.matcher(name).matches();
  }

  static boolean isNoise(String name) {
    return NOISE.matcher(name).matches();
  }
}

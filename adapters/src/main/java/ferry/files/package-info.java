/**
 * What lies beside runs in the home: snapshots of their code, what they put out, what they printed.
 * Content is kept once by its hash; nothing here is needed to know how a run ended.
 */
@NullMarked
package ferry.files;

import org.jspecify.annotations.NullMarked;

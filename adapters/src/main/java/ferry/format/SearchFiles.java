package ferry.format;

import ferry.error.FileError;
import ferry.experiment.SearchReader;

/** Reads files that describe a search, of every format that is known, told by their content. */
public final class SearchFiles implements SearchReader {

  @Override
  public Reading read(String name, String directory, String text, Wishes wishes) {
    WorkflowFiles.checkSize(name, text.length());
    throw new FileError.Empty(name).thrown();
  }
}

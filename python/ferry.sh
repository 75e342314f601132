#!/bin/sh
# Starts the Ferry of the Python environment that this file lies in. A shell and not Python, whose start alone would cost
# a third of a command. Every name begins with `ferry_`: see java.sh beside run.sh.
ferry_self=$0
while [ -h "$ferry_self" ]; do ferry_self=$(readlink -f "$ferry_self"); done
case $ferry_self in
  /*/*) ferry_prefix=${ferry_self%/*} && ferry_prefix=${ferry_prefix%/*} ;;
  */*) ferry_prefix=$(cd -P -- "${ferry_self%/*}/.." && pwd) || exit 4 ;;
  *) ferry_prefix=$(cd -P -- .. && pwd) || exit 4 ;;
esac

# The build says which it is where several Pythons share a directory for programs.
for ferry_dist in "$ferry_prefix"/lib/py*/site-packages/ferry/program "$ferry_prefix"/lib/py*/dist-packages/ferry/program \
  "$ferry_prefix/ferry/program" ''; do
  ferry_build=
  [ ! -r "$ferry_dist/build" ] || read -r ferry_build ferry_x <"$ferry_dist/build"
  [ "$ferry_build" != @BUILD@ ] || break
done
if [ -z "$ferry_dist" ]; then
  ferry_dist=$(python3 -c 'import ferry, os; print(os.path.join(ferry.__path__[0], "program"))' 2>/dev/null) ||
    { echo "error: Ferry's program was not found in $ferry_prefix; pip install --force-reinstall ferryml" >&2 && exit 4; }
fi
. "$ferry_dist/bin/run.sh"

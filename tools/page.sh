#!/bin/sh
# Builds the web page of ui/ into dist/ui, where a server of this checkout looks for it; nothing where that is newer than
# every source. Says so, and leaves all as it is, where there is no Node.js.
checkout=$(cd -P -- "${0%/*}/.." && pwd) || exit 4
cd -- "$checkout/ui" || exit 4
page=$checkout/dist/ui
[ ! -e "$page/index.html" ] || [ -n "$(find . -path ./node_modules -prune -o -newer "$page/index.html" -print)" ] || exit 0
command -v npm >/dev/null || {
  echo "the web page cannot be built: it needs Node.js 20 or newer, with npm, and there is none on the PATH" >&2
  exit 3
}
mkdir -p "$checkout/dist" && log=$checkout/dist/page.log
echo "building the web page, once …" >&2
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund >"$log" 2>&1 || {
  echo "error: what the web page is built with could not be installed; see $log" >&2
  exit 4
}
npx vite build --outDir "$page.new" --emptyOutDir >>"$log" 2>&1 || {
  echo "error: the web page could not be built; see $log" >&2
  exit 4
}
rm -rf "$page" && mv "$page.new" "$page"

# Sourced by the other scripts, in the project's folder: installs what package-lock.json pins if that has not been done
# yet. Needs Node and npm, nothing else.
for tool in node npm; do
  command -v "$tool" > /dev/null || { echo "plumb needs Node.js 20 or later with npm; $tool was not found in PATH" >&2; exit 1; }
done
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ] ||
  ! ./node_modules/.bin/bun --version > /dev/null 2>&1; then
  echo "installing the pinned dependencies" >&2
  npm ci --no-fund --no-audit --loglevel=error >&2 || exit 1
  touch node_modules/.package-lock.json
fi

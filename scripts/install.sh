# Sourced by the other scripts, in the project's folder: installs what package-lock.json pins if that has not been done
# yet. Needs Node and npm, nothing else.
for tool in node npm; do
  command -v "$tool" > /dev/null || { echo "plumb needs Node.js 20 or later with npm; $tool was not found in PATH" >&2; exit 1; }
done
# The lock that is installed is known by its hash: times say nothing in a fresh clone.
lock=$(node -p 'require("crypto").createHash("sha256").update(require("fs").readFileSync("package-lock.json")).digest("hex")')
if [ "$(cat node_modules/.installed-lock 2> /dev/null)" != "$lock" ] || ! ./node_modules/.bin/bun --version > /dev/null 2>&1; then
  # Installing empties the folder first; behind a link that would be somebody else's.
  if [ -L node_modules ]; then
    echo "node_modules is a link to a folder that holds other packages than package-lock.json pins; remove the link" >&2
    exit 1
  fi
  echo "installing the pinned dependencies" >&2
  npm ci --no-fund --no-audit --loglevel=error >&2 || exit 1
  echo "$lock" > node_modules/.installed-lock
fi
